import {ok} from "#base";
import {stateAt} from "../../access/state-access.ts";
import {hash, listOf, method, optional, param, storageKey} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

/** Proves the values of keys, absent ones too, against the state root in the block's header. */
export const stateGetReadProof = method({
  name: "state_getReadProof",
  params: [param("keys", listOf(storageKey)), optional("at", hash)],
  result: "{at: Hash, proof: [Bytes]}",
  handle({chain}, keys, at) {
    const block = at ?? chain.best().hash;
    const view = stateAt(chain, block);
    if (!view.ok) return view;
    return ok({at: toHex(block), proof: view.value.trie.prove(keys).map(toHex)});
  },
});
