import type {BlockRef, BlockStore} from "./block-store.ts";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import {NO_STATE, type StateStore} from "./state-store.ts";

/** What to write so that all blocks above a height are gone, on every fork, with what their states added; and which they are. */
export function revertWrites(
  {blocks, states}: {readonly blocks: BlockStore; readonly states: StateStore},
  height: number,
): {readonly writes: Write[]; readonly removed: BlockRef[]} {
  const writes: Write[] = [];
  const removed: BlockRef[] = [];
  for (let number = height + 1; ; number++) {
    const hashes = blocks.hashesAt(number);
    if (hashes.length === 0) return {writes, removed};
    for (const hash of hashes) {
      const record = blocks.knownRecord(hash);
      const {statePlace, parentHash} = record;
      const since = blocks.record(parentHash)?.statePlace ?? NO_STATE;
      // Of a parent without a place nobody can say what was added to it: then the nodes stay.
      if (statePlace !== NO_STATE && since !== NO_STATE) {
        for (const {kind, place} of states.held(record, other => other <= since)) {
          writes.push([kind === "node" ? keys.node(place) : keys.value(place), undefined]);
        }
      }
      for (const of of [keys.block, keys.body, keys.justifications]) {
        writes.push([of(hash), undefined]);
      }
      removed.push({hash, number});
    }
    writes.push([keys.height(number), undefined], [keys.canonical(number), undefined]);
  }
}
