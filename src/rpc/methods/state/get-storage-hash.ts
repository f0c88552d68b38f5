import {ok} from "#base";
import {stateAt} from "../../access/state-access.ts";
import {hash, method, optional, param, storageKey} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

export const stateGetStorageHash = method({
  name: "state_getStorageHash",
  aliases: ["state_getStorageHashAt"],
  params: [param("key", storageKey), optional("at", hash)],
  result: "Hash of the value, BLAKE2b-256 | null",
  handle({chain, hashing}, key, at) {
    const view = stateAt(chain, at ?? chain.best().hash, [key]);
    if (!view.ok) return view;
    const value = view.value.get(key);
    return ok(value === undefined ? null : toHex(hashing.blockHash(value)));
  },
});
