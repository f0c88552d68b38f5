import type {BinaryString} from "#base";
import {headIn, headOf} from "./key-head.ts";
import {IN_TRIE, type Row} from "./row.ts";
import type {BlockReader, RowPage, RowRange} from "./row-block.ts";

/**
 * A block of rows in memory, arranged so that a row is found by touching little memory that was not touched lately: in a large state
 * that costs more than all else. It was proved whole when it came in, so finding a row proves nothing anew. At a multiple of four
 * bytes in memory that many of them share:
 *
 *     u16 rows   u16 length of the prefix   then u32 of each row: its head, the four bytes of the key behind the prefix
 *     then u16, u16 of each row: where its value begins and ends, from the block's start; the highest bit of the end: it is in the trie
 *     then the prefix, and of each row the key without it and the value
 */
const FIXED = 4;
const HEAD = 4;
const ENDS = 4;
const IN_TRIE_BIT = 0x8000;

/** Bytes that one takes at most. Whatever fits a page of the database does: a row takes less here than there. */
export const HELD_SIZE = 4_096;

/** The same memory by bytes and by numbers of two sizes, in the machine's own order of bytes: they never leave the process. */
export interface Slab {
  readonly bytes: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
}

export const slabOver = (buffer: ArrayBuffer): Slab => ({
  bytes: new Uint8Array(buffer),
  u16: new Uint16Array(buffer),
  u32: new Uint32Array(buffer),
});

/** Puts a block, which has to be sound, at a place; false, with nothing put there, where it takes more than `HELD_SIZE`. */
export function putHeld(slab: Slab, place: number, block: BlockReader): boolean {
  const {count, layout} = block;
  const {prefixAt, prefixLength, rowsAt, end} = layout;
  const prefixTo = FIXED + (HEAD + ENDS) * count;
  const rowsTo = prefixTo + prefixLength;
  if (rowsTo + end - rowsAt > HELD_SIZE) return false;
  const {bytes, u16, u32} = slab;
  u16[place >> 1] = count;
  u16[(place >> 1) + 1] = prefixLength;
  bytes.set(block.bytes.subarray(prefixAt, prefixAt + prefixLength), place + prefixTo);
  bytes.set(block.bytes.subarray(rowsAt, end), place + rowsTo);
  const headsAt = (place + FIXED) >> 2;
  const endsAt = (place + FIXED + HEAD * count) >> 1;
  const shift = rowsTo - rowsAt;
  for (let i = 0; i < count; i++) {
    const {start, valueAt, valueEnd, isInTrie} = block.bounds(i);
    u32[headsAt + i] = headIn(block.bytes, start, valueAt);
    u16[endsAt + 2 * i] = valueAt + shift;
    u16[endsAt + 2 * i + 1] = (valueEnd + shift) | (isInTrie ? IN_TRIE_BIT : 0);
  }
  return true;
}

/** The index of a key's row in the block at a place; -1 where it has none. */
export function indexInHeld({bytes, u16, u32}: Slab, place: number, key: BinaryString): number {
  const count = u16[place >> 1]!;
  const shared = u16[(place >> 1) + 1]!;
  const headsAt = (place + FIXED) >> 2;
  const head = headOf(key, shared);
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (u32[headsAt + middle]! < head) low = middle + 1;
    else high = middle;
  }
  const endsAt = (place + FIXED + HEAD * count) >> 1;
  const prefixAt = place + FIXED + (HEAD + ENDS) * count;
  const rest = key.length - shared;
  for (let i = low; i < count && u32[headsAt + i] === head; i++) {
    const start = i === 0 ? prefixAt + shared : place + (u16[endsAt + 2 * i - 1]! & ~IN_TRIE_BIT);
    if (place + u16[endsAt + 2 * i]! - start !== rest) continue;
    // What differs does so in the rest mostly, where it is a key of the same map.
    let n = shared;
    while (n < key.length && bytes[start + n - shared] === key.charCodeAt(n)) n++;
    if (n < key.length) continue;
    n = 0;
    while (n < shared && bytes[prefixAt + n] === key.charCodeAt(n)) n++;
    if (n === shared) return i;
  }
  return -1;
}

/** Where in a slab the value of a row begins and ends; an end below the begin where it is in the trie. */
export function valueInHeld({u16}: Slab, place: number, index: number): [number, number] {
  const at = ((place + FIXED + HEAD * u16[place >> 1]!) >> 1) + 2 * index;
  const end = u16[at + 1]!;
  return [place + u16[at]!, end & IN_TRIE_BIT ? -1 : place + end];
}

/** Bytes that the block at a place takes, up to a multiple of four. */
function sizeOfHeld({u16}: Slab, place: number): number {
  const count = u16[place >> 1]!;
  const rowsAt = FIXED + (HEAD + ENDS) * count;
  const end =
    count === 0
      ? rowsAt + u16[(place >> 1) + 1]!
      : u16[((place + rowsAt) >> 1) - 1]! & ~IN_TRIE_BIT;
  return (end + 3) & ~3;
}

/** A held block to go through, in memory of its own. */
export class HeldRows implements RowPage {
  readonly low: BinaryString;
  readonly high: BinaryString | undefined;
  readonly count: number;
  readonly #slab: Slab;
  readonly #text: BinaryString;
  readonly #prefixAt: number;
  readonly #prefix: BinaryString;

  constructor(slab: Slab, place: number, range: RowRange) {
    this.low = range.low;
    this.high = range.high;
    const copy = slab.bytes.slice(place, place + sizeOfHeld(slab, place));
    this.#slab = slabOver(copy.buffer);
    this.count = this.#slab.u16[0]!;
    // At once for all keys, by the engine: a character at a time is most of what a page of keys costs.
    this.#text = Buffer.from(copy.buffer).toString("latin1");
    this.#prefixAt = FIXED + (HEAD + ENDS) * this.count;
    this.#prefix = this.#text.slice(this.#prefixAt, this.#prefixAt + this.#slab.u16[1]!);
  }

  key(index: number): BinaryString {
    const endsAt = (FIXED + HEAD * this.count) >> 1;
    const {u16} = this.#slab;
    const start =
      index === 0
        ? this.#prefixAt + this.#prefix.length
        : u16[endsAt + 2 * index - 1]! & ~IN_TRIE_BIT;
    return this.#prefix + this.#text.slice(start, u16[endsAt + 2 * index]!);
  }

  row(index: number): Row {
    const [from, to] = valueInHeld(this.#slab, 0, index);
    return to < 0 ? IN_TRIE : this.#slab.bytes.subarray(from, to);
  }

  place(key: BinaryString): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.key(middle);
      if (found === key) return middle;
      if (found < key) low = middle + 1;
      else high = middle;
    }
    return ~low;
  }

  /** All of it was proved before it was held. */
  provesAbsent(): boolean {
    return true;
  }
}
