import {type BinaryString, binaryToBytes, bytesToBinary, concatBytes} from "#base";
import {checksum} from "../checksum.ts";
import {StoreFault} from "../failures.ts";
import {keys} from "../keys.ts";

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
const HEAD = 4;

/** A checksum, u32, of what follows: a byte for the format, one that says which blocks are named (1 `at`, 2 `to`), their hashes, the key. */
export function encodeIndexProgress({at, to, upTo}: IndexProgress): Uint8Array {
  const parts = [
    new Uint8Array(HEAD),
    Uint8Array.of(FORMAT, (at === undefined ? 0 : 1) | (to === undefined ? 0 : 2)),
    ...(at === undefined ? [] : [at]),
    ...(to === undefined ? [] : [to]),
    binaryToBytes(upTo),
  ];
  const out = concatBytes(...parts);
  new DataView(out.buffer).setUint32(0, checksum(out, HEAD, out.length), true);
  return out;
}

/** Undefined for what this program does not write: an index that nobody can tell the state of is made anew. */
export function decodeIndexProgress(bytes: Uint8Array | undefined): IndexProgress | undefined {
  if (bytes === undefined || bytes.length < HEAD + 2) return undefined;
  const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (sum !== checksum(bytes, HEAD, bytes.length)) return undefined;
  const flags = bytes[HEAD + 1]!;
  if (bytes[HEAD] !== FORMAT || flags < 1 || flags > 3) return undefined;
  const hashes: (Uint8Array | undefined)[] = [];
  let from = HEAD + 2;
  for (const bit of [1, 2]) {
    hashes.push(flags & bit ? bytes.slice(from, from + HASH) : undefined);
    if (flags & bit) from += HASH;
  }
  if (bytes.length < from) return undefined;
  return {at: hashes[0], to: hashes[1], upTo: bytesToBinary(bytes.subarray(from))};
}

/** What is on disk; undefined where there is none, and where it is damaged: then all is made anew. */
export function readIndexProgress(reader: {
  get(key: BinaryString): Uint8Array | undefined;
}): IndexProgress | undefined {
  try {
    return decodeIndexProgress(reader.get(keys.meta(INDEX_PROGRESS)));
  } catch (error) {
    if (error instanceof StoreFault && error.code === "database-corrupt") return undefined;
    throw error;
  }
}
