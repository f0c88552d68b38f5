import {allKeys} from "../../access/all-keys.ts";
import {walk} from "../../access/walk.ts";
import {hash, method, optional, param, storageKey} from "../../declare/index.ts";
import {childTrie} from "./child-trie.ts";

/** Deprecated for `childstate_getKeysPaged`: an answer beyond the limit of a response is an error. */
export const childStateGetKeys = method({
  name: "childstate_getKeys",
  params: [param("childKey", storageKey), param("prefix", storageKey), optional("at", hash)],
  result: "[Key]",
  handle(context, child, prefix, at) {
    const trie = childTrie(context, child, at);
    if (!trie.ok) return trie;
    return walk(context, turn => allKeys(trie.value, prefix, context.maxResponseBytes, turn));
  },
});
