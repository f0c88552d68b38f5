import {equalBytes} from "#base";
import type {Place} from "#trie";

/** What the store itself knows of a block; the header is bytes to it. */
export type BlockRecord = {
  hash: Uint8Array;
  number: number;
  parentHash: Uint8Array;
  stateRoot: Uint8Array;
  /** Where the root of the state is stored. */
  statePlace: Place;
  /** Whether a proof of its finality is kept. */
  hasProof: boolean;
  header: Uint8Array;
};

/** Where each part of a record begins. */
export const RECORD_AT = {
  number: 0,
  parentHash: 4,
  stateRoot: 36,
  statePlace: 68,
  flags: 75,
  header: 76,
};

/** What is kept of a block that comes in, whose state is there already. */
export function recordOf(
  {
    hash,
    number,
    parentHash,
    header,
    justifications,
  }: Pick<BlockRecord, "hash" | "number" | "parentHash" | "header"> & {justifications?: Uint8Array},
  state: {readonly root: Uint8Array; readonly place: Place},
): BlockRecord {
  const hasProof = justifications !== undefined;
  return {
    hash,
    number,
    parentHash,
    stateRoot: state.root,
    statePlace: state.place,
    hasProof,
    header,
  };
}

/** Whether a block is the one that another was made on. */
export const isParent = (
  {hash, number}: Pick<BlockRecord, "hash" | "number">,
  child: Pick<BlockRecord, "parentHash" | "number">,
): boolean => equalBytes(child.parentHash, hash) && child.number === number + 1;

const PLACE_BITS = (1n << 56n) - 1n;

const HAS_PROOF = 1;

/**
 * Number (u32, little-endian), parent hash, state root, place of the state (56 bits, little-endian) and flags, header. In a
 * record of layouts before the third the flags are 0, whatever is kept.
 */
export function encodeBlockRecord(record: BlockRecord): Uint8Array {
  const out = new Uint8Array(RECORD_AT.header + record.header.length);
  const view = new DataView(out.buffer);
  view.setUint32(RECORD_AT.number, record.number, true);
  out.set(record.parentHash, RECORD_AT.parentHash);
  out.set(record.stateRoot, RECORD_AT.stateRoot);
  view.setBigUint64(RECORD_AT.statePlace, BigInt(record.statePlace), true);
  out[RECORD_AT.flags] = record.hasProof ? HAS_PROOF : 0;
  out.set(record.header, RECORD_AT.header);
  return out;
}

export function decodeBlockRecord(hash: Uint8Array, bytes: Uint8Array): BlockRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    hash,
    number: view.getUint32(RECORD_AT.number, true),
    parentHash: bytes.subarray(RECORD_AT.parentHash, RECORD_AT.stateRoot),
    stateRoot: bytes.subarray(RECORD_AT.stateRoot, RECORD_AT.statePlace),
    ...storedPlace(bytes),
    header: bytes.subarray(RECORD_AT.header),
  };
}

/** What the bytes of a record say of where its state is, and whether there is a proof. */
export function storedPlace(bytes: Uint8Array): Pick<BlockRecord, "statePlace" | "hasProof"> {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    statePlace: Number(view.getBigUint64(RECORD_AT.statePlace, true) & PLACE_BITS),
    hasProof: (bytes[RECORD_AT.flags]! & HAS_PROOF) !== 0,
  };
}

/** Each item as its length (u32, little-endian) and its bytes. */
export function encodeItems(items: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(items.reduce((size, item) => size + 4 + item.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const item of items) {
    view.setUint32(at, item.length, true);
    out.set(item, at + 4);
    at += 4 + item.length;
  }
  return out;
}

export function decodeItems(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const items: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + view.getUint32(at, true);
    items.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return items;
}
