import {ok} from "#base";
import {hash, listOf, method, optional, param, storageKey} from "../../declare/index.ts";
import {emptyChildTrie} from "./child-trie.ts";

export const childStateGetStorageEntries = method({
  name: "childstate_getStorageEntries",
  params: [param("childKey", storageKey), param("keys", listOf(storageKey)), optional("at", hash)],
  result: "[Bytes | null]",
  handle(context, child, keys, at) {
    const empty = emptyChildTrie(context, child, at);
    return empty.ok ? ok(keys.map(() => null)) : empty;
  },
});
