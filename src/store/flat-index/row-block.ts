import {type BinaryString, bytesToBinary, invariant} from "#base";
import {checksum, wordsOf} from "../checksum.ts";
import {ABSENT, IN_TRIE, type KeyedRow, type Known, type Row} from "./row.ts";

/**
 * A block: the rows of all keys from `low` on below `high` (none: up to the end). Little-endian u32 but for two lengths:
 *
 *     0 checksum of all up to the first row   4 rows   8 length of low, u16   10 of high, u16   12 of the prefix
 *     16 low, high, prefix, which all keys begin with   then for each row where its value begins, where it ends, its checksum
 *     then the rows one after the other: the key without the prefix, the value
 *
 * The checksum of a row is over key and value, so that it proves the row alone. That a key is absent two neighbours prove
 * by theirs, with the checksum that covers the order and the range. So neither costs reading the whole block.
 */

/** Of a block that contradicts itself, or is not the one of its range: it answers nothing. */
export const DAMAGED = Symbol("damaged");

/** Of a high that is the end of all keys. */
const NO_HIGH = 0xffff;
const FIXED = 16;
const ENTRY = 12;
/** On the place where a value ends: it is in the trie, and only its being there is said. */
const IN_TRIE_BIT = 0x8000_0000;
/** So that the length of a key's rest, and whether a value is in the trie, are part of the row's checksum. */
const REST_SALT = 0x9e37_79b1;

/** One page of LMDB of 4,096 bytes without its header, for a value on pages of its own. */
export const BLOCK_SIZE = 4_060;

/** What a row takes of a block, its key counted whole. */
export const rowSize = ([key, row]: KeyedRow): number =>
  ENTRY + key.length + (row === IN_TRIE ? 0 : row.length);

export interface RowRange {
  readonly low: BinaryString;
  /** Undefined where there is no end. */
  readonly high: BinaryString | undefined;
}

export interface DecodedBlock extends RowRange {
  readonly rows: readonly KeyedRow[];
}

/** Rows of a range, in order. */
export interface RowPage extends RowRange {
  readonly count: number;
  /** Where a key stands among the rows, or the complement of where it would: to be believed when `row` or `provesAbsent` says so. */
  place(key: BinaryString): number;
  /** Whether a key of the range stands between the rows before and at `index`. */
  provesAbsent(key: BinaryString, index: number): boolean;
  /** Undefined for a row that is damaged. */
  key(index: number): BinaryString | undefined;
  /** A row, for the caller to keep. */
  row(index: number): Row | typeof DAMAGED;
}

const u32 = (bytes: Uint8Array, at: number): number => wordsOf(bytes).getUint32(at, true);

function putU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

const u16 = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8);

function putBinary(bytes: Uint8Array, at: number, text: BinaryString): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}

/** Rows sorted by key and distinct, all of them within the range. */
export function encodeBlock({low, high, rows}: DecodedBlock): Uint8Array {
  invariant(low.length < NO_HIGH && (high?.length ?? 0) < NO_HIGH, "the ends of a block are short");
  const prefix = commonPrefix(rows);
  const tableAt = FIXED + low.length + (high?.length ?? 0) + prefix.length;
  const rowsAt = tableAt + ENTRY * rows.length;
  let size = rowsAt;
  for (const [key, row] of rows) {
    size += key.length - prefix.length + (row === IN_TRIE ? 0 : row.length);
  }
  const out = new Uint8Array(size);
  putU32(out, 4, rows.length);
  const highLength = high?.length ?? NO_HIGH;
  out[8] = low.length;
  out[9] = low.length >>> 8;
  out[10] = highLength;
  out[11] = highLength >>> 8;
  putU32(out, 12, prefix.length);
  const prefixAt = putBinary(out, putBinary(out, FIXED, low), high ?? "");
  putBinary(out, prefixAt, prefix);
  const seed = checksum(out, prefixAt, tableAt);
  let at = rowsAt;
  let entry = tableAt;
  for (const [key, row] of rows) {
    const start = at;
    for (let i = prefix.length; i < key.length; i++) out[at++] = key.charCodeAt(i);
    const valueAt = at;
    if (row !== IN_TRIE) {
      out.set(row, at);
      at += row.length;
    }
    const end = row === IN_TRIE ? (at | IN_TRIE_BIT) >>> 0 : at;
    putU32(out, entry, valueAt);
    putU32(out, entry + 4, end);
    putU32(out, entry + 8, rowChecksum(out, start, valueAt, end, seed));
    entry += ENTRY;
  }
  putU32(out, 0, checksum(out, 4, rowsAt));
  return out;
}

function rowChecksum(
  bytes: Uint8Array,
  start: number,
  valueAt: number,
  end: number,
  seed: number,
): number {
  const inTrie = end >>> 31;
  const shape = Math.imul(2 * (valueAt - start) + inTrie, REST_SALT);
  return checksum(bytes, start, (end & ~IN_TRIE_BIT) >>> 0, (seed ^ shape) | 0);
}

function commonPrefix(rows: readonly KeyedRow[]): BinaryString {
  const first = rows[0]?.[0] ?? "";
  const last = rows.at(-1)?.[0] ?? "";
  return first.slice(0, sharedLength(first, last));
}

/** How many bytes two keys begin with in common. */
export function sharedLength(a: BinaryString, b: BinaryString): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

/**
 * A block to search in. `bytes` begin with it; what comes after is not looked at but where it is damaged. They have to stay
 * as they are meanwhile.
 */
export class BlockReader implements RowPage {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly #lowLength: number;
  readonly #highLength: number;
  readonly #prefixAt: number;
  readonly #prefixLength: number;
  readonly #tableAt: number;
  readonly #rowsAt: number;
  #prefix: BinaryString | undefined;
  #seed: number | undefined;
  #isHeadSound: boolean | undefined;

  private constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.count = u32(bytes, 4);
    this.#lowLength = u16(bytes, 8);
    const high = u16(bytes, 10);
    this.#highLength = high;
    this.#prefixLength = u32(bytes, 12);
    this.#prefixAt = FIXED + this.#lowLength + (high === NO_HIGH ? 0 : high);
    this.#tableAt = this.#prefixAt + this.#prefixLength;
    this.#rowsAt = this.#tableAt + ENTRY * this.count;
  }

  /** Undefined for what can be no block. */
  static over(bytes: Uint8Array | undefined): BlockReader | undefined {
    if (bytes === undefined || bytes.length < FIXED) return undefined;
    const block = new BlockReader(bytes);
    return block.#rowsAt <= bytes.length ? block : undefined;
  }

  /** The same over memory of its own; undefined where it is damaged. */
  kept(): BlockReader | undefined {
    const end = this.#start(this.count);
    if (!this.isHeadSound || end > this.bytes.length) return undefined;
    return BlockReader.over(this.bytes.slice(0, end));
  }

  /** What is known of a key. */
  find(key: BinaryString): Known | typeof DAMAGED {
    const at = this.place(key);
    if (at >= 0) return this.row(at);
    return this.provesAbsent(key, ~at) ? ABSENT : DAMAGED;
  }

  place(key: BinaryString): number {
    const {bytes} = this;
    const prefixLength = this.#prefixLength;
    const order = compareAt(bytes, this.#prefixAt, prefixLength, key, 0, true);
    if (order !== 0) return ~(order < 0 ? this.count : 0);
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const start = this.#start(middle);
      const length = u32(bytes, this.#tableAt + ENTRY * middle) - start;
      const found = compareAt(bytes, start, length, key, prefixLength, false);
      if (found === 0) return middle;
      if (found < 0) low = middle + 1;
      else high = middle;
    }
    return ~low;
  }

  #start(index: number): number {
    if (index === 0) return this.#rowsAt;
    return (u32(this.bytes, this.#tableAt + ENTRY * index - 8) & ~IN_TRIE_BIT) >>> 0;
  }

  row(index: number): Row | typeof DAMAGED {
    const entry = this.#tableAt + ENTRY * index;
    const valueAt = u32(this.bytes, entry);
    const end = u32(this.bytes, entry + 4);
    if (!this.#isRowSound(index, valueAt, end)) return DAMAGED;
    return end & IN_TRIE_BIT ? IN_TRIE : this.bytes.slice(valueAt, end);
  }

  #isRowSound(index: number, valueAt: number, end: number): boolean {
    const start = this.#start(index);
    const last = (end & ~IN_TRIE_BIT) >>> 0;
    if (start > valueAt || valueAt > last || last > this.bytes.length) return false;
    this.#seed ??= checksum(this.bytes, this.#prefixAt, this.#tableAt);
    const expected = u32(this.bytes, this.#tableAt + ENTRY * index + 8);
    return rowChecksum(this.bytes, start, valueAt, end, this.#seed) === expected;
  }

  provesAbsent(key: BinaryString, index: number): boolean {
    if (!this.isHeadSound || !this.covers(key)) return false;
    for (const each of [index - 1, index]) {
      if (each < 0 || each >= this.count) continue;
      const found = this.key(each);
      if (found === undefined || (each < index ? found >= key : found <= key)) return false;
    }
    return true;
  }

  /** Whether all but the rows themselves is as it was written. */
  get isHeadSound(): boolean {
    this.#isHeadSound ??= checksum(this.bytes, 4, this.#rowsAt) === u32(this.bytes, 0);
    return this.#isHeadSound;
  }

  covers(key: BinaryString): boolean {
    const {low, high} = this;
    return low <= key && (high === undefined || key < high);
  }

  get low(): BinaryString {
    return bytesToBinary(this.bytes.subarray(FIXED, FIXED + this.#lowLength));
  }

  get high(): BinaryString | undefined {
    if (this.#highLength === NO_HIGH) return undefined;
    return bytesToBinary(this.bytes.subarray(FIXED + this.#lowLength, this.#prefixAt));
  }

  key(index: number): BinaryString | undefined {
    const entry = this.#tableAt + ENTRY * index;
    const valueAt = u32(this.bytes, entry);
    if (!this.#isRowSound(index, valueAt, u32(this.bytes, entry + 4))) return undefined;
    this.#prefix ??= bytesToBinary(this.bytes.subarray(this.#prefixAt, this.#tableAt));
    return this.#prefix + bytesToBinary(this.bytes.subarray(this.#start(index), valueAt));
  }

  /** Whether all of it is as it was written. */
  get isSound(): boolean {
    if (!this.isHeadSound) return false;
    for (let i = 0; i < this.count; i++) {
      const entry = this.#tableAt + ENTRY * i;
      if (!this.#isRowSound(i, u32(this.bytes, entry), u32(this.bytes, entry + 4))) return false;
    }
    return true;
  }

  /** Where in `bytes` its parts are. */
  get layout(): {prefixAt: number; prefixLength: number; rowsAt: number; end: number} {
    return {
      prefixAt: this.#prefixAt,
      prefixLength: this.#prefixLength,
      rowsAt: this.#rowsAt,
      end: this.#start(this.count),
    };
  }

  /** Where in `bytes` a row has its key, without the prefix, and its value. */
  bounds(index: number): {start: number; valueAt: number; valueEnd: number; isInTrie: boolean} {
    const entry = this.#tableAt + ENTRY * index;
    const end = u32(this.bytes, entry + 4);
    return {
      start: this.#start(index),
      valueAt: u32(this.bytes, entry),
      valueEnd: (end & ~IN_TRIE_BIT) >>> 0,
      isInTrie: end >>> 31 === 1,
    };
  }

  /** All of it, for the caller to keep; undefined where any of it is damaged. */
  decode(): DecodedBlock | undefined {
    if (!this.isHeadSound) return undefined;
    const rows: KeyedRow[] = [];
    for (let i = 0; i < this.count; i++) {
      const row = this.row(i);
      const key = this.key(i);
      if (row === DAMAGED || key === undefined) return undefined;
      rows.push([key, row]);
    }
    return {low: this.low, high: this.high, rows};
  }

  /**
   * The same block with other values in rows that are there and keep their sizes, the most frequent change of all. Undefined
   * where one does not, or is damaged.
   */
  patched(changes: readonly (readonly [BinaryString, Known])[]): Uint8Array | undefined {
    if (!this.isHeadSound) return undefined;
    const end = this.#start(this.count);
    if (end > this.bytes.length) return undefined;
    const out = this.bytes.slice(0, end);
    for (const [key, row] of changes) {
      const at = this.place(key);
      if (at < 0 || !(row instanceof Uint8Array)) return undefined;
      const entry = this.#tableAt + ENTRY * at;
      const valueAt = u32(this.bytes, entry);
      const valueEnd = u32(this.bytes, entry + 4);
      // Else damage in the key would be signed anew.
      if (valueEnd - valueAt !== row.length || !this.#isRowSound(at, valueAt, valueEnd)) {
        return undefined;
      }
      out.set(row, valueAt);
      const sum = rowChecksum(out, this.#start(at), valueAt, valueEnd, this.#seed!);
      putU32(out, entry + 8, sum);
    }
    putU32(out, 0, checksum(out, 4, this.#rowsAt));
    return out;
  }
}

/**
 * The order of stored bytes and of a key from `from` on: below 0 where the bytes come first. `isPrefix`: the bytes are one, and
 * a key that begins with them is equal.
 */
function compareAt(
  bytes: Uint8Array,
  at: number,
  length: number,
  key: BinaryString,
  from: number,
  isPrefix: boolean,
): number {
  const rest = key.length - from;
  const shared = Math.min(length, rest);
  for (let i = 0; i < shared; i++) {
    const difference = bytes[at + i]! - key.charCodeAt(from + i);
    if (difference !== 0) return difference;
  }
  return isPrefix && rest >= length ? 0 : length - rest;
}
