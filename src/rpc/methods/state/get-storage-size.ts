import {type BinaryString, ok} from "#base";
import type {StateView} from "#state";
import {inSlices} from "../../access/in-slices.ts";
import {stateAt} from "../../access/state-access.ts";
import {walk} from "../../access/walk.ts";
import type {Turn} from "../../budgets/turn.ts";
import {hash, method, optional, param, storageKey} from "../../declare/index.ts";

/** Of a key without a value it is the sum over the keys that begin with it: the size of a map. */
export const stateGetStorageSize = method({
  name: "state_getStorageSize",
  aliases: ["state_getStorageSizeAt"],
  params: [param("key", storageKey), optional("at", hash)],
  result: "number of bytes | null",
  handle(context, key, at) {
    const {chain} = context;
    const block = at ?? chain.best().hash;
    const view = stateAt(chain, block, [key]);
    if (!view.ok) return view;
    const value = view.value.get(key);
    if (value !== undefined) return ok(value.length);
    return walk(
      context,
      async turn => ok(await sizeBelow(view.value, key, turn)),
      chain.pin(block),
    );
  },
});

async function sizeBelow(
  view: StateView,
  prefix: BinaryString,
  turn: Turn,
): Promise<number | null> {
  let size = 0;
  for await (const [, value] of inSlices(view.entries(prefix), turn)) size += value.length;
  return size === 0 ? null : size;
}
