import {type BinaryString, binaryToHex, err, type Hex, ok} from "#base";
import {keysBelow, type StateView} from "#state";
import {inSlices} from "../../access/in-slices.ts";
import {stateAt} from "../../access/state-access.ts";
import {walk} from "../../access/walk.ts";
import type {Turn} from "../../budgets/turn.ts";
import {hash, method, type Outcome, optional, param, storageKey} from "../../declare/index.ts";
import {responseTooBig} from "../../json-rpc/rpc-error.ts";

/** Deprecated for `state_getKeysPaged`: an answer beyond the limit of a response is an error. */
export const stateGetKeys = method({
  name: "state_getKeys",
  params: [param("prefix", storageKey), optional("at", hash)],
  result: "[Key]",
  handle(context, prefix, at) {
    const {chain, maxResponseBytes} = context;
    const view = stateAt(chain, at ?? chain.best().hash);
    if (!view.ok) return view;
    return walk(context, turn => collect(view.value, prefix, maxResponseBytes, turn));
  },
});

async function collect(
  view: StateView,
  prefix: BinaryString,
  limit: number,
  turn: Turn,
): Promise<Outcome> {
  const keys: Hex[] = [];
  let size = 0;
  for await (const key of inSlices(keysBelow(view, prefix), turn)) {
    size += 2 * key.length;
    if (size > limit) return err(responseTooBig(limit));
    keys.push(binaryToHex(key));
  }
  return ok(keys);
}
