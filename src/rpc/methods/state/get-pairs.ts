import {type BinaryString, binaryToHex, err, type Hex, ok} from "#base";
import type {StateView} from "#state";
import {inSlices} from "../../access/in-slices.ts";
import {stateAt} from "../../access/state-access.ts";
import {walk} from "../../access/walk.ts";
import type {Turn} from "../../budgets/turn.ts";
import {hash, method, type Outcome, optional, param, storageKey} from "../../declare/index.ts";
import {responseTooBig} from "../../json-rpc/rpc-error.ts";
import {toHex} from "../../shapes/hex.ts";

export const stateGetPairs = method({
  name: "state_getPairs",
  unsafe: true,
  params: [param("prefix", storageKey), optional("at", hash)],
  result: "[[Key, Value]]",
  handle(context, prefix, at) {
    const {chain, maxResponseBytes} = context;
    const block = at ?? chain.best().hash;
    const view = stateAt(chain, block, [prefix]);
    if (!view.ok) return view;
    return walk(
      context,
      turn => collect(view.value, prefix, maxResponseBytes, turn),
      chain.pin(block),
    );
  },
});

async function collect(
  view: StateView,
  prefix: BinaryString,
  limit: number,
  turn: Turn,
): Promise<Outcome> {
  const pairs: [Hex, Hex][] = [];
  let size = 0;
  for await (const [key, value] of inSlices(view.entries(prefix), turn)) {
    size += 2 * (key.length + value.length);
    if (size > limit) return err(responseTooBig(limit));
    pairs.push([binaryToHex(key), toHex(value)]);
  }
  return ok(pairs);
}
