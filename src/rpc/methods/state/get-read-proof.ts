import {readProof} from "../../access/read-proof.ts";
import {stateAt} from "../../access/state-access.ts";
import {hash, listOf, method, optional, param, storageKey} from "../../declare/index.ts";

/** Proves the values of keys, absent ones too, against the state root in the block's header. */
export const stateGetReadProof = method({
  name: "state_getReadProof",
  params: [param("keys", listOf(storageKey)), optional("at", hash)],
  result: "{at: Hash, proof: [Bytes]}",
  handle(context, keys, at) {
    const {chain} = context;
    const block = at ?? chain.best().hash;
    const view = stateAt(chain, block, keys);
    if (!view.ok) return view;
    return readProof(context, block, keys, some => view.value.prove(some));
  },
});
