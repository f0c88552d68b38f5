import {ok} from "#base";
import {hash, method, optional, param, storageKey} from "../../declare/index.ts";
import {childTrie} from "./child-trie.ts";

/** Of one value; unlike `state_getStorageSize` it makes no sum over a prefix. */
export const childStateGetStorageSize = method({
  name: "childstate_getStorageSize",
  params: [param("childKey", storageKey), param("key", storageKey), optional("at", hash)],
  result: "number | null",
  handle(context, child, key, at) {
    const trie = childTrie(context, child, at);
    return trie.ok ? ok(trie.value.get(key)?.length ?? null) : trie;
  },
});
