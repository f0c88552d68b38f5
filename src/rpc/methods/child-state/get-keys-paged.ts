import {ok} from "#base";
import {hash, method, optional, param, storageKey, u32} from "../../declare/index.ts";
import {emptyChildTrie} from "./child-trie.ts";

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
  result: "[Key]",
  handle(context, child, _prefix, _count, _startKey, at) {
    const empty = emptyChildTrie(context, child, at);
    return empty.ok ? ok([]) : empty;
  },
});
