import {equalBytes} from "#base";
import type {BlockRef} from "./block-store.ts";
import type {HistoryGap} from "./history-gap.ts";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";

/** Heights whose hashes are gathered in one row, once they are final. */
const CHUNK = 1_024;

/** Bytes of each hash in such a row. */
const PREFIX = 8;

export interface KnownBlocksParts {
  readonly read: (key: string) => Uint8Array | undefined;
  readonly hashesAt: (number: number) => Uint8Array[];
  readonly ends: () => {
    readonly best: BlockRef;
    readonly finalized: BlockRef;
    readonly gap: HistoryGap | undefined;
  };
}

/**
 * Whether a block is one of those that are kept, by its hash, without looking it up: in a database whose inner pages are damaged a
 * row that is there may not be found, and that must not pass for a block that nobody has. Four bytes a block in memory, read
 * from rows of a thousand heights each when first asked. Whatever those four bytes hold to be known is looked up at length.
 */
export class KnownBlocks {
  readonly #parts: KnownBlocksParts;
  #table: Uint32Array | undefined;
  #count = 0;

  constructor(parts: KnownBlocksParts) {
    this.#parts = parts;
  }

  has(hash: Uint8Array): boolean {
    this.#table ??= this.#load();
    return contains(this.#table, prefixOf(hash)) && this.#isListed(hash);
  }

  /** What to write beside a block that comes. */
  added({hash, number}: BlockRef): Write[] {
    if (this.#table !== undefined) this.#put(prefixOf(hash));
    // To a thousand that was gathered: it is gathered anew.
    const key = keyOf(number);
    return this.#parts.read(key) === undefined ? [] : [[key, undefined]];
  }

  /** What to write once more is final: of the thousand that is complete with it, if one is. */
  finalized(before: number, now: number): Write[] {
    const chunk = chunkOf(before);
    return chunk < chunkOf(now) ? this.#gathered(chunk) : [];
  }

  #gathered(chunk: number): Write[] {
    const {gap} = this.#parts.ends();
    const from = chunk * CHUNK;
    const isHoled = gap !== undefined && from < gap.below.number && from + CHUNK > gap.above + 1;
    if (isHoled) return [];
    const hashes = this.#hashesOf(chunk);
    const row = new Uint8Array(PREFIX * hashes.length);
    hashes.forEach((hash, i) => void row.set(hash.subarray(0, PREFIX), PREFIX * i));
    return [[keyOf(from), row]];
  }

  #hashesOf(chunk: number): Uint8Array[] {
    const hashes: Uint8Array[] = [];
    for (let number = chunk * CHUNK; number < (chunk + 1) * CHUNK; number++) {
      hashes.push(...this.#parts.hashesAt(number));
    }
    return hashes;
  }

  /** The first bytes of all hashes in a thousand of heights, from its row or else one by one. */
  #prefixesOf(chunk: number): Uint8Array[] {
    const row = this.#parts.read(keyOf(chunk * CHUNK));
    if (row === undefined) return this.#hashesOf(chunk).map(hash => hash.subarray(0, PREFIX));
    return Array.from({length: row.length / PREFIX}, (_, i) =>
      row.subarray(PREFIX * i, PREFIX * (i + 1)),
    );
  }

  *#chunks(): Generator<[chunk: number, prefixes: Uint8Array[]]> {
    let last = chunkOf(this.#parts.ends().best.number);
    for (let chunk = 0; chunk <= last; chunk++) {
      yield [chunk, this.#prefixesOf(chunk)];
      // A fork may be longer than the best chain.
      const isMore = chunk === last && this.#parts.hashesAt((chunk + 1) * CHUNK).length > 0;
      if (isMore) last++;
    }
  }

  #load(): Uint32Array {
    this.#table = new Uint32Array(2 * CHUNK);
    for (const [, prefixes] of this.#chunks()) {
      for (const prefix of prefixes) this.#put(prefixOf(prefix));
    }
    return this.#table;
  }

  #put(prefix: number): void {
    if (++this.#count * 2 > this.#table!.length) {
      const larger = new Uint32Array(this.#table!.length * 2);
      for (const known of this.#table!) if (known !== 0) place(larger, known);
      this.#table = larger;
    }
    place(this.#table!, prefix);
  }

  #isListed(hash: Uint8Array): boolean {
    for (const [chunk, prefixes] of this.#chunks()) {
      if (!prefixes.some(prefix => equalBytes(prefix, hash.subarray(0, PREFIX)))) continue;
      // Anybody may ask for one that begins like another.
      if (this.#hashesOf(chunk).some(known => equalBytes(known, hash))) return true;
    }
    return false;
  }
}

const chunkOf = (number: number): number => Math.floor(number / CHUNK);

const keyOf = (number: number) => keys.hashesOfChunk(chunkOf(number));

/** Never 0, which is a free slot. */
function prefixOf(hash: Uint8Array): number {
  return (hash[0]! | (hash[1]! << 8) | (hash[2]! << 16) | (hash[3]! << 24)) >>> 0 || 1;
}

function place(table: Uint32Array, prefix: number): void {
  let at = prefix & (table.length - 1);
  while (table[at] !== 0 && table[at] !== prefix) at = (at + 1) & (table.length - 1);
  table[at] = prefix;
}

function contains(table: Uint32Array, prefix: number): boolean {
  for (let at = prefix & (table.length - 1); table[at] !== 0; at = (at + 1) & (table.length - 1)) {
    if (table[at] === prefix) return true;
  }
  return false;
}
