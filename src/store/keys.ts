import {createHash} from "node:crypto";
import {type BinaryString, binaryToBytes, binaryToHex, bytesToBinary} from "#base";
import type {Place} from "#trie";

/**
 * The layout of the database: one ordered map, the first byte of a key says what it is, and for some kinds in which tree of the file it
 * stands (`own-trees.ts`). Changing any of it needs another `SCHEMA_VERSION`.
 */
export const SCHEMA_VERSION = 4;

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
  /** Number of a thousand heights → the first bytes of the hashes there. */
  hashesOfChunk: (chunk: number): BinaryString => "n" + bigEndian(chunk),
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

/** Of a key that a block's hash is. */
export const hashOfKey = (key: BinaryString): Uint8Array => binaryToBytes(key.slice(1));

/** Of a key that a height is. */
export const heightOfKey = (key: BinaryString): number =>
  Number.parseInt(binaryToHex(key.slice(1)).slice(2), 16);

/** Of the key of a node or a value. */
export const placeOfKey = (key: BinaryString): Place =>
  Number.parseInt(binaryToHex(key.slice(1)).slice(2), 16);

const NAMES: Readonly<Record<string, string>> = {
  b: "the record of block",
  e: "the body of block",
  j: "the proof of finality of block",
  h: "the blocks at height",
  c: "the best chain at height",
  n: "the hashes of the thousand heights",
  f: "rows of the index, block",
  g: "where rows of the index begin,",
  s: "the node at place",
  w: "the value at place",
  v: "the value under",
  t: "the child trie",
  k: "a runtime of before,",
};

/** What a key stands for, for a person to read. */
export function describeKey(key: BinaryString): string {
  const [kind = ""] = key;
  const rest = key.slice(1);
  if (kind === "m") return `the value ${rest}`;
  const name = NAMES[kind] ?? "the entry";
  return "hncfsw".includes(kind)
    ? `${name} ${Number.parseInt(binaryToHex(rest).slice(2), 16)}`
    : `${name} ${binaryToHex(rest)}`;
}

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
