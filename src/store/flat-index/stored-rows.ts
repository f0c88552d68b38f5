import type {BinaryString} from "#base";
import type {KeyValueStore, Write} from "../key-value-store.ts";
import {keys} from "../keys.ts";
import {BlockNumbers} from "./block-numbers.ts";
import {cutRows, LEAST_SIZE, sizeOf} from "./cut-rows.ts";
import {decodeNumber, encodeNumber} from "./fence-entry.ts";
import {type Fence, Fences} from "./fences.ts";
import {HeldBlocks} from "./held-blocks.ts";
import {ABSENT, type KeyedRow, type Known} from "./row.ts";
import {
  BlockReader,
  DAMAGED,
  type DecodedBlock,
  encodeBlock,
  type RowPage,
  type RowRange,
} from "./row-block.ts";
import type {Run} from "./run.ts";

export interface StoredRowsParts {
  readonly store: Pick<KeyValueStore, "lend" | "range">;
  readonly writer: {
    add(writes: readonly Write[]): number;
    flushed(ticket: number): Promise<void>;
  };
}

/** Entries looked at in one step of loading. */
const LOADED = 2_000;

/** Fences that may be damaged before all is made anew: each costs making the rows of its block again while somebody waits. */
const MOST_LOST = 16;

/** Blocks that are read in one step of filling the memory. */
const FILLED = 32;

/** Entries that go in one step of clearing. */
const CLEARED = 500;

/** The rows on disk, block by block, and where each begins. */
export class StoredRows {
  readonly #parts: StoredRowsParts;
  readonly #key = Uint8Array.of("f".charCodeAt(0), 0, 0, 0, 0);
  /** Blocks that the disk may not have yet, by number. */
  readonly #pending = new Map<number, Uint8Array | undefined>();
  /** Those that were not given to the writer yet. */
  #unwritten: (readonly [number: number, bytes: Uint8Array | undefined])[] = [];
  readonly #held: HeldBlocks;
  #fences = new Fences();
  readonly #numbers = new BlockNumbers();
  /** The last block that was looked at for filling the memory; undefined once all were. */
  #filledUpTo: BinaryString | undefined = "";

  /** `memory`: bytes of blocks that are held in it. */
  constructor(parts: StoredRowsParts, memory: number) {
    this.#parts = parts;
    this.#held = new HeldBlocks(memory);
  }

  /** How many blocks there are. */
  get count(): number {
    return this.#fences.count;
  }

  /** Bytes of memory: of where each block begins, and of blocks that are held. */
  get bytes(): number {
    return this.#fences.size + this.#held.bytes;
  }

  /**
   * Reads where the blocks begin, a step at a time; false where so much of it is damaged that the rows are better made anew. What
   * belonged to a block whose fence is gone is found to be missing when it is read.
   */
  *load(): Generator<void, boolean> {
    let lost = 0;
    const numbers: number[] = [];
    this.#fences = new Fences();
    this.#forget();
    let from = keys.fence("");
    for (;;) {
      const fences: Fence[] = [];
      let seen = 0;
      let last: BinaryString | undefined;
      for (const [key, value] of this.#parts.store.range({from, to: END_OF_FENCES})) {
        if (seen++ === LOADED) {
          last = key;
          break;
        }
        const low = key.slice(1);
        const number = decodeNumber(low, value);
        if (number === undefined) lost++;
        else fences.push({low, number});
      }
      this.#fences.push(fences);
      for (const {number} of fences) numbers.push(number);
      if (last === undefined) {
        this.#numbers.restore(numbers, lost === 0);
        return lost <= MOST_LOST;
      }
      from = last;
      yield;
    }
  }

  /** What to write so that all blocks go, those too that nobody knows of, a step at a time. */
  *clear(): Generator<Write[]> {
    const known = this.#fences;
    this.#fences = new Fences();
    this.#numbers.restore([], true);
    this.#forget();
    this.#pending.clear();
    let writes: Write[] = [];
    // By what is in memory first: the disk may not have all of it yet.
    for (const {low, number} of known.all()) {
      writes.push([keys.fence(low), undefined], [keys.rows(number), undefined]);
      if (writes.length < CLEARED) continue;
      yield writes;
      writes = [];
    }
    for (;;) {
      for (const [key] of this.#parts.store.range({from: "f", to: END_OF_FENCES})) {
        writes.push([key, undefined]);
        if (writes.length >= CLEARED) break;
      }
      if (writes.length === 0) return;
      yield writes;
      writes = [];
    }
  }

  #forget(): void {
    this.#held.clear();
    this.#filledUpTo = "";
  }

  /** Reads a few more blocks into memory, and says where one begins that is damaged; false where there are no more, or there is no room. */
  fill(damaged: (low: BinaryString) => void): boolean {
    const isMore = this.#filledUpTo !== undefined && this.#held.hasRoom;
    for (let n = 0; n < FILLED && this.#held.hasRoom && this.#filledUpTo !== undefined; n++) {
      const low = this.#filledUpTo;
      const number = this.#fences.numberAt(low);
      const isThere = number !== undefined && (this.#held.has(number) || this.#admit(low, number));
      if (!isThere) damaged(low);
      this.#filledUpTo = this.#fences.after(low)?.low;
    }
    return isMore;
  }

  /** What the rows know of a key. */
  find(key: BinaryString): Known | typeof DAMAGED {
    const number = this.#fences.numberAt(key);
    if (number === undefined) return DAMAGED;
    const held = this.#held.find(number, key);
    if (held !== undefined) return held;
    const known = this.#readerOf(number)?.find(key) ?? DAMAGED;
    if (known !== DAMAGED && this.#held.admits()) this.#admit(key, number);
    return known;
  }

  /** Holds the block in whose range a key is, if all of it is sound. */
  #admit(key: BinaryString, number: number): boolean {
    const block = this.#readerOf(number);
    if (!isWhole(block, this.rangeAt(key))) return false;
    this.#held.admit(number, block);
    return true;
  }

  /** The whole block in whose range a key is, for the caller to keep; undefined where it is damaged. */
  blockAt(key: BinaryString): DecodedBlock | undefined {
    const block = this.#readerAt(key)?.decode();
    const range = this.rangeAt(key);
    return block?.low === range.low && block.high === range.high ? block : undefined;
  }

  /** The range of the block that a key belongs to, as the fences have it. */
  rangeAt(key: BinaryString): RowRange {
    return {low: this.#fences.at(key)?.low ?? "", high: this.#fences.after(key)?.low};
  }

  #readerAt(key: BinaryString): BlockReader | undefined {
    const number = this.#fences.numberAt(key);
    return number === undefined ? undefined : this.#readerOf(number);
  }

  #readerOf(number: number): BlockReader | undefined {
    if (this.#pending.size > 0 && this.#pending.has(number)) {
      return BlockReader.over(this.#pending.get(number));
    }
    const bytes = this.#key;
    bytes[1] = number >>> 24;
    bytes[2] = number >>> 16;
    bytes[3] = number >>> 8;
    bytes[4] = number;
    return BlockReader.over(this.#parts.store.lend(bytes));
  }

  /**
   * Brings blocks from the one that begins at `low` on up to changes, at most so many of them that have any. Gives what to write
   * for it, and where the first one begins that was not looked at; undefined behind the last. `repair` gives all rows of a
   * range whose block is damaged, changes included.
   */
  apply(
    low: BinaryString,
    run: Run,
    most: number,
    repair: (range: RowRange) => readonly KeyedRow[],
  ): {writes: Write[]; next: BinaryString | undefined} {
    const changed = run.keys();
    const writes: Write[] = [];
    let at = run.indexFrom(low);
    for (let blocks = 0; blocks < most && at < changed.length; blocks++) {
      const range = this.rangeAt(changed[at]!);
      const {high} = range;
      const end = high === undefined ? changed.length : run.indexFrom(high);
      const changes = changed.slice(at, end).map(key => [key, run.rows.get(key)!] as const);
      at = end;
      const block = this.#readerAt(range.low);
      // What is held is not proved again, so damage must not come in by a patch: such a block is written anew.
      const patched = isWhole(block, range) ? block.patched(changes) : undefined;
      if (patched !== undefined) {
        this.#put(this.#fences.at(range.low)!.number, patched, writes);
        continue;
      }
      const last = this.#rewrite(range, changes, repair, run, writes);
      if (last !== high) at = last === undefined ? changed.length : run.indexFrom(last);
    }
    return {writes, next: at < changed.length ? this.rangeAt(changed[at]!).low : undefined};
  }

  /** Writes a block anew; where it became small, with the one after it. Gives the end of what was written. */
  #rewrite(
    range: RowRange,
    changes: readonly (readonly [BinaryString, Known])[],
    repair: (range: RowRange) => readonly KeyedRow[],
    run: Run,
    writes: Write[],
  ): BinaryString | undefined {
    const stored = this.blockAt(range.low);
    let rows = stored === undefined ? repair(range) : mergedRows(stored.rows, changes);
    let {high} = range;
    if (high !== undefined && sizeOf(rows) < LEAST_SIZE) {
      const next = this.rangeAt(high);
      const more = this.blockAt(high);
      if (more !== undefined) {
        const keysOf = run.keys();
        const end = next.high === undefined ? keysOf.length : run.indexFrom(next.high);
        const changed = keysOf
          .slice(run.indexFrom(high), end)
          .map(key => [key, run.rows.get(key)!] as const);
        rows = [...rows, ...mergedRows(more.rows, changed)];
        high = next.high;
      }
    }
    writes.push(...this.replace({low: range.low, high}, rows));
    return high;
  }

  /** What to write so that a range, which begins and ends where blocks do, has these rows. */
  replace(range: RowRange, rows: readonly KeyedRow[]): Write[] {
    return this.#putBlocks(range, cutRows(range, rows));
  }

  /** What to write for blocks behind all that are there. */
  append(blocks: readonly DecodedBlock[]): Write[] {
    const writes: Write[] = [];
    const fences = blocks.map(({low}) => ({low, number: this.#numbers.take()}));
    this.#fences.push(fences);
    for (const [i, block] of blocks.entries()) {
      const {number} = fences[i]!;
      writes.push([keys.fence(block.low), encodeNumber(block.low, number)]);
      this.#put(number, encodeBlock(block), writes);
    }
    return writes;
  }

  #putBlocks({low, high}: RowRange, blocks: readonly DecodedBlock[]): Write[] {
    const former = this.#fencesWithin(low, high);
    const writes: Write[] = [];
    const fences: Fence[] = [];
    const kept = new Set<string>();
    blocks.forEach((block, i) => {
      // Numbers are used again in the order of the blocks, so that one block for another changes no fence.
      const number = former[i]?.number ?? this.#numbers.take();
      fences.push({low: block.low, number});
      kept.add(block.low);
      if (former[i]?.low !== block.low)
        writes.push([keys.fence(block.low), encodeNumber(block.low, number)]);
      this.#put(number, encodeBlock(block), writes);
    });
    for (const fence of former.slice(blocks.length)) {
      writes.push([keys.rows(fence.number), undefined]);
      this.#note(fence.number, undefined);
      this.#held.drop(fence.number);
      this.#numbers.free(fence.number);
    }
    for (const fence of former) {
      if (!kept.has(fence.low)) writes.push([keys.fence(fence.low), undefined]);
    }
    this.#fences.replace(low, high, fences);
    return writes;
  }

  #fencesWithin(low: BinaryString, high: BinaryString | undefined): Fence[] {
    const fences: Fence[] = [];
    let fence = this.#fences.from(low);
    while (fence !== undefined && (high === undefined || fence.low < high)) {
      fences.push(fence);
      fence = this.#fences.after(fence.low);
    }
    return fences;
  }

  #put(number: number, bytes: Uint8Array, writes: Write[]): void {
    writes.push([keys.rows(number), bytes]);
    this.#note(number, bytes);
    this.#held.update(number, BlockReader.over(bytes)!);
  }

  #note(number: number, bytes: Uint8Array | undefined): void {
    this.#pending.set(number, bytes);
    this.#unwritten.push([number, bytes]);
  }

  /** To be called with what the methods above gave: one atomic step. */
  write(writes: readonly Write[]): void {
    const ticket = this.#parts.writer.add(writes);
    const written = this.#unwritten;
    this.#unwritten = [];
    const forget = () => {
      for (const [number, bytes] of written) {
        if (this.#pending.get(number) === bytes) this.#pending.delete(number);
      }
    };
    // A fault is told to whoever waits for the disk.
    this.#parts.writer.flushed(ticket).then(forget, () => {});
  }

  /** What to write for a damaged entry; where it is a block of rows that are in use, the key where it begins. */
  mended(key: BinaryString): Write | BinaryString {
    const rest = key.slice(1);
    if (key === keys.fence(rest)) {
      const fence = this.#fences.at(rest);
      return [key, fence?.low === rest ? encodeNumber(rest, fence.number) : undefined];
    }
    for (const {low, number} of this.#fences.all()) if (keys.rows(number) === key) return low;
    return [key, undefined];
  }

  /** Where the blocks begin, in order, from a key on. */
  *lows(): Generator<BinaryString> {
    for (const {low} of this.#fences.all()) yield low;
  }

  /** The block in whose range a key is, for a cursor to keep. */
  rowsAt(key: BinaryString): RowPage | undefined {
    const number = this.#fences.numberAt(key);
    if (number === undefined) return undefined;
    if (this.#held.hasRoom && !this.#held.has(number)) this.#admit(key, number);
    const held = this.#held.rows(number, this.rangeAt(key));
    return held ?? this.#readerOf(number)?.kept();
  }
}

/** Whether all of a block is as it was written, and it is the one of its range. */
const isWhole = (block: BlockReader | undefined, {low, high}: RowRange): block is BlockReader =>
  block?.isSound === true && block.low === low && block.high === high;

/** Behind every key of a fence. */
const END_OF_FENCES = "h";

function mergedRows(
  rows: readonly KeyedRow[],
  changes: readonly (readonly [BinaryString, Known])[],
): KeyedRow[] {
  const out: KeyedRow[] = [];
  let i = 0;
  for (const [key, row] of changes) {
    while (i < rows.length && rows[i]![0] < key) out.push(rows[i++]!);
    if (i < rows.length && rows[i]![0] === key) i++;
    if (row !== ABSENT) out.push([key, row]);
  }
  while (i < rows.length) out.push(rows[i++]!);
  return out;
}
