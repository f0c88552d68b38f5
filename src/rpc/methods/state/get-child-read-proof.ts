import {ok} from "#base";
import {stateAt} from "../../access/state-access.ts";
import {hash, listOf, method, optional, param, storageKey} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";
import {emptyChildTrie} from "../child-state/child-trie.ts";

/** Proves that there is no such child trie, since no chain of ours has any. */
export const stateGetChildReadProof = method({
  name: "state_getChildReadProof",
  params: [param("childKey", storageKey), param("keys", listOf(storageKey)), optional("at", hash)],
  result: "{at: Hash, proof: [Bytes]}",
  handle(context, child, _keys, at) {
    const {chain} = context;
    const empty = emptyChildTrie(context, child, at);
    if (!empty.ok) return empty;
    const block = at ?? chain.best().hash;
    const view = stateAt(chain, block);
    if (!view.ok) return view;
    return ok({at: toHex(block), proof: view.value.prove([child]).map(toHex)});
  },
});
