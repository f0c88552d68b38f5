import {binaryToHex, err, type Hex, ok} from "#base";
import {keysBelow} from "#state";
import {stateAt} from "../../access/state-access.ts";
import {hash, method, optional, param, storageKey, u32} from "../../declare/index.ts";

/** Substrate's page size; clients ask for exactly this many. */
const MAX_COUNT = 1_000;

const INVALID_COUNT = 4_002;

export const stateGetKeysPaged = method({
  name: "state_getKeysPaged",
  aliases: ["state_getKeysPagedAt"],
  params: [
    optional("prefix", storageKey),
    param("count", u32),
    optional("startKey", storageKey),
    optional("at", hash),
  ],
  result: "[Key] in order, greater than startKey",
  handle({chain}, prefix = "", count, startKey, at) {
    if (count > MAX_COUNT) {
      return err({
        code: INVALID_COUNT,
        message: `count exceeds maximum value. value: ${count}, max: ${MAX_COUNT}`,
      });
    }
    const view = stateAt(chain, at ?? chain.best().hash);
    if (!view.ok) return view;
    const keys: Hex[] = [];
    if (count === 0) return ok(keys);
    for (const key of keysBelow(view.value, prefix, startKey)) {
      keys.push(binaryToHex(key));
      if (keys.length === count) break;
    }
    return ok(keys);
  },
});
