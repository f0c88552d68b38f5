import {allKeys} from "../../access/all-keys.ts";
import {stateAt} from "../../access/state-access.ts";
import {walk} from "../../access/walk.ts";
import {hash, method, optional, param, storageKey} from "../../declare/index.ts";

/** Deprecated for `state_getKeysPaged`: an answer beyond the limit of a response is an error. */
export const stateGetKeys = method({
  name: "state_getKeys",
  params: [param("prefix", storageKey), optional("at", hash)],
  result: "[Key]",
  handle(context, prefix, at) {
    const {chain, maxResponseBytes} = context;
    const block = at ?? chain.best().hash;
    const view = stateAt(chain, block, [prefix]);
    if (!view.ok) return view;
    return walk(
      context,
      turn => allKeys(view.value, prefix, maxResponseBytes, turn),
      chain.pin(block),
    );
  },
});
