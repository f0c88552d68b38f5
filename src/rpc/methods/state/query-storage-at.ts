import {ok} from "#base";
import {stateAt} from "../../access/state-access.ts";
import {hash, listOf, method, optional, param, storageKey} from "../../declare/index.ts";
import {storageChangeSet} from "../../shapes/storage-change-set.ts";

export const stateQueryStorageAt = method({
  name: "state_queryStorageAt",
  params: [param("keys", listOf(storageKey)), optional("at", hash)],
  result: "[one StorageChangeSet], keys in the order of the request",
  handle({chain}, keys, at) {
    const block = at ?? chain.best().hash;
    const view = stateAt(chain, block);
    if (!view.ok) return view;
    const changes = keys.map(key => [key, view.value.get(key)] as const);
    return ok([storageChangeSet(block, changes)]);
  },
});
