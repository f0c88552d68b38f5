import {createHash} from "node:crypto";
import {type BinaryString, bytesToBinary} from "#base";
import type {Place} from "#trie";

/**
 * The layout of the database: one ordered map, the first byte of a key says what it is. Changing any of it needs
 * another `SCHEMA_VERSION`.
 */
export const SCHEMA_VERSION = 2;

/** Longer storage keys than this go by a digest: LMDB's keys are bounded, the chain's are not. */
const LONGEST_STORAGE_KEY = 256;

export const keys = {
  /** Hash → what is known of a block, and its header. */
  block: (hash: Uint8Array): BinaryString => "b" + bytesToBinary(hash),
  /** Hash → its extrinsics. */
  body: (hash: Uint8Array): BinaryString => "e" + bytesToBinary(hash),
  /** Hash → proofs of its finality. */
  justifications: (hash: Uint8Array): BinaryString => "j" + bytesToBinary(hash),
  /** Height → the hashes of all blocks there. */
  height: (number: number): BinaryString => "h" + bigEndian(number),
  /** Height → the hash of the block of the best chain. */
  canonical: (number: number): BinaryString => "c" + bigEndian(number),
  /** Place → the record of a trie node. Places rise, so a block's nodes are added at one end. */
  node: (place: Place): BinaryString =>
    "s" + bigEndian16(Math.floor(place / 2 ** 32)) + bigEndian(place >>> 0),
  /** Place → a value kept outside its node. */
  value: (place: Place): BinaryString =>
    "w" + bigEndian16(Math.floor(place / 2 ** 32)) + bigEndian(place >>> 0),
  /** Of layout 1: key and hash → a value kept outside its node. */
  valueByHash: (key: BinaryString, hash: Uint8Array): BinaryString =>
    "v" + bounded(key) + bytesToBinary(hash),
  /** Of layout 1: name and root of a child trie → the place of its top node. */
  childTrieByRoot: (name: BinaryString, root: Uint8Array): BinaryString =>
    "t" + bounded(name) + bytesToBinary(root),
  /** Number → a block of rows of the flat index. */
  rows: (number: number): BinaryString => "f" + bigEndian(number),
  /** The lowest key of such a block's range → its number, u32. */
  fence: (low: BinaryString): BinaryString => "g" + low,
  /** Hash of a runtime that pruned states had → the runtime. */
  runtime: (hash: Uint8Array): BinaryString => "kc" + bytesToBinary(hash),
  /** Height of the last pruned block of the best chain whose state had some runtime → its hash. */
  runtimeUntil: (number: number): BinaryString => "kh" + bigEndian(number),
  /** Hash of a pruned block off the best chain whose state had another runtime than its parent's → its hash. */
  runtimeOfFork: (hash: Uint8Array): BinaryString => "kb" + bytesToBinary(hash),
  /** Name → a value of the node's own. */
  meta: (name: string): BinaryString => "m" + name,
} as const;

/** Heights are u32, highest byte first, so that they sort. */
function bigEndian(number: number): BinaryString {
  return String.fromCharCode(
    number >>> 24,
    (number >>> 16) & 0xff,
    (number >>> 8) & 0xff,
    number & 0xff,
  );
}

function bigEndian16(number: number): BinaryString {
  return String.fromCharCode(number >>> 8, number & 0xff);
}

function bounded(key: BinaryString): BinaryString {
  if (key.length <= LONGEST_STORAGE_KEY) return key;
  const digest = createHash("sha256").update(key, "latin1").digest();
  return key.slice(0, LONGEST_STORAGE_KEY) + bytesToBinary(digest);
}
