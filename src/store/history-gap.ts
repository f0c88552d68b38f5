import type {BlockRef} from "./block-store.ts";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";

/** Name of the value that says which heights are missing. */
export const HISTORY_GAP = "history-gap";

/** Heights between two kept blocks, both exclusive: `above` one that is final, `below` the lowest one known after it. */
export type HistoryGap = {above: number; below: BlockRef};

/** Two heights (u32, little-endian), and the hash of the upper block. */
export function encodeGap({above, below}: HistoryGap): Uint8Array {
  const out = new Uint8Array(8 + below.hash.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, above, true);
  view.setUint32(4, below.number, true);
  out.set(below.hash, 8);
  return out;
}

export function decodeGap(bytes: Uint8Array | undefined): HistoryGap | undefined {
  if (bytes === undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const below = {hash: bytes.slice(8), number: view.getUint32(4, true)};
  return {above: view.getUint32(0, true), below};
}

/** Once the block right below its end has come; undefined where it was the last. */
export const narrowedTo = (
  {above}: HistoryGap,
  {hash, number}: BlockRef,
): HistoryGap | undefined => (number === above + 1 ? undefined : {above, below: {hash, number}});

/** What to write so that it is known when the chain is opened again. */
export const gapWrite = (gap: HistoryGap | undefined): Write => [
  keys.meta(HISTORY_GAP),
  gap === undefined ? undefined : encodeGap(gap),
];
