import {pageOfKeys, refusedCount} from "../../access/page-of-keys.ts";
import {hash, method, optional, param, storageKey, u32} from "../../declare/index.ts";
import {childTrie} from "./child-trie.ts";

export const childStateGetKeysPaged = method({
  name: "childstate_getKeysPaged",
  aliases: ["childstate_getKeysPagedAt"],
  params: [
    param("childKey", storageKey),
    optional("prefix", storageKey),
    param("count", u32),
    optional("startKey", storageKey),
    optional("at", hash),
  ],
  result: "[Key] in order, greater than startKey",
  handle(context, child, prefix = "", count, startKey, at) {
    const refused = refusedCount(count);
    if (refused !== undefined) return refused;
    const trie = childTrie(context, child, at);
    return trie.ok ? pageOfKeys(trie.value, {prefix, count, startKey}) : trie;
  },
});
