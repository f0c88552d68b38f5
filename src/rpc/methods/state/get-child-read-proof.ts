import {readProof} from "../../access/read-proof.ts";
import {stateAt} from "../../access/state-access.ts";
import {hash, listOf, method, optional, param, storageKey} from "../../declare/index.ts";
import {childName} from "../child-state/child-trie.ts";

/** Proves the values of keys of a child trie against the state root in the block's header, or that there is no such trie. */
export const stateGetChildReadProof = method({
  name: "state_getChildReadProof",
  params: [param("childKey", storageKey), param("keys", listOf(storageKey)), optional("at", hash)],
  result: "{at: Hash, proof: [Bytes]}",
  handle(context, child, keys, at) {
    const {chain} = context;
    const name = childName(child);
    if (!name.ok) return name;
    const block = at ?? chain.best().hash;
    const view = stateAt(chain, block);
    if (!view.ok) return view;
    return readProof(context, block, keys, some => view.value.prove([], [[name.value, some]]));
  },
});
