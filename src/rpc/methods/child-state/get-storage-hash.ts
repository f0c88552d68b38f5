import {ok} from "#base";
import {hash, method, optional, param, storageKey} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";
import {childTrie} from "./child-trie.ts";

export const childStateGetStorageHash = method({
  name: "childstate_getStorageHash",
  params: [param("childKey", storageKey), param("key", storageKey), optional("at", hash)],
  result: "Hash | null",
  handle(context, child, key, at) {
    const trie = childTrie(context, child, at);
    if (!trie.ok) return trie;
    const value = trie.value.get(key);
    return ok(value === undefined ? null : toHex(context.hashing.blockHash(value)));
  },
});
