import {pageOfKeys, refusedCount} from "../../access/page-of-keys.ts";
import {stateAt} from "../../access/state-access.ts";
import {hash, method, optional, param, storageKey, u32} from "../../declare/index.ts";

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
    const refused = refusedCount(count);
    if (refused !== undefined) return refused;
    const view = stateAt(chain, at ?? chain.best().hash, [prefix, startKey ?? prefix]);
    return view.ok ? pageOfKeys(view.value, {prefix, count, startKey}) : view;
  },
});
