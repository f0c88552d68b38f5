import {err, ok} from "#base";
import {valuesOf} from "../../access/values-of.ts";
import {walk} from "../../access/walk.ts";
import {hash, listOf, method, optional, param, storageKey} from "../../declare/index.ts";
import {responseTooBig} from "../../json-rpc/rpc-error.ts";
import {toHex} from "../../shapes/hex.ts";
import {childTrie} from "./child-trie.ts";

export const childStateGetStorageEntries = method({
  name: "childstate_getStorageEntries",
  params: [param("childKey", storageKey), param("keys", listOf(storageKey)), optional("at", hash)],
  result: "[Bytes | null]",
  handle(context, child, keys, at) {
    const {maxResponseBytes: limit} = context;
    const trie = childTrie(context, child, at);
    if (!trie.ok) return trie;
    return walk(context, async turn => {
      const values = await valuesOf(keys, trie.value, {turn, limit});
      if (values === undefined) return err(responseTooBig(limit));
      return ok(values.map(([, value]) => (value === undefined ? null : toHex(value))));
    });
  },
});
