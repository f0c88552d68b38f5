import {type BinaryString, binaryToBytes, bytesToBinary} from "#base";

/** Name of the value that says which states the rows are of. */
export const INDEX_PROGRESS = "flat-index";

/** Which states the rows on disk are of; written with them, in the same step. */
export interface IndexProgress {
  /** The block whose state the rows from `upTo` on are of; undefined where there are none yet. */
  readonly at: Uint8Array | undefined;
  /** The block whose state the rows below `upTo` are of; undefined where none is on its way. */
  readonly to: Uint8Array | undefined;
  readonly upTo: BinaryString;
}

const FORMAT = 1;
const HASH = 32;

/** A byte for the format, one that says which blocks are named (1 `at`, 2 `to`), their hashes, the key. */
export function encodeIndexProgress({at, to, upTo}: IndexProgress): Uint8Array {
  const parts = [
    Uint8Array.of(FORMAT, (at === undefined ? 0 : 1) | (to === undefined ? 0 : 2)),
    ...(at === undefined ? [] : [at]),
    ...(to === undefined ? [] : [to]),
    binaryToBytes(upTo),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

/** Undefined for what this program does not write: an index that nobody can tell the state of is made anew. */
export function decodeIndexProgress(bytes: Uint8Array | undefined): IndexProgress | undefined {
  const flags = bytes?.[1] ?? 0;
  if (bytes === undefined || bytes[0] !== FORMAT || flags < 1 || flags > 3) return undefined;
  const hashes: (Uint8Array | undefined)[] = [];
  let from = 2;
  for (const bit of [1, 2]) {
    hashes.push(flags & bit ? bytes.slice(from, from + HASH) : undefined);
    if (flags & bit) from += HASH;
  }
  if (bytes.length < from) return undefined;
  return {at: hashes[0], to: hashes[1], upTo: bytesToBinary(bytes.subarray(from))};
}
