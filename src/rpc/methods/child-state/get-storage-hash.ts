import {ok} from "#base";
import {hash, method, optional, param, storageKey} from "../../declare/index.ts";
import {emptyChildTrie} from "./child-trie.ts";

export const childStateGetStorageHash = method({
  name: "childstate_getStorageHash",
  params: [param("childKey", storageKey), param("key", storageKey), optional("at", hash)],
  result: "Hash | null",
  handle(context, child, _key, at) {
    const empty = emptyChildTrie(context, child, at);
    return empty.ok ? ok(null) : empty;
  },
});
