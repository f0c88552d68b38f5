import {ok} from "#base";
import {hash, method, optional, param, storageKey} from "../../declare/index.ts";
import {emptyChildTrie} from "./child-trie.ts";

export const childStateGetKeys = method({
  name: "childstate_getKeys",
  params: [param("childKey", storageKey), param("prefix", storageKey), optional("at", hash)],
  result: "[Key]",
  handle(context, child, _prefix, at) {
    const empty = emptyChildTrie(context, child, at);
    return empty.ok ? ok([]) : empty;
  },
});
