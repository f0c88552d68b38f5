import {type BinaryString, concatBytes, equalBytes} from "#base";
import {decodeBlockRecord, encodeItems} from "./block-record.ts";
import type {BlockRef, BlockStore} from "./block-store.ts";
import {type CheckedRows, valueOfWhole} from "./checked-rows.ts";
import {StoreFault} from "./failures.ts";
import type {FlatIndex} from "./flat-index/index.ts";
import type {Write} from "./key-value-store.ts";
import {hashOfKey, heightOfKey, keys} from "./keys.ts";
import {type HeaderFacts, mendedRecord} from "./mended-record.ts";

/** Records looked at in one go, where all have to be: a millisecond or two. */
const RECORDS = 1_000;

export interface RowMendingParts {
  readonly store: Pick<CheckedRows, "stored" | "range">;
  /** What is on its way to the disk counts: a row that is about to be written anew is not damaged. */
  readonly writer: {
    get(key: BinaryString): Uint8Array | undefined;
    add(writes: readonly Write[]): number;
    flushed(ticket: number): Promise<void>;
  };
  readonly blocks: BlockStore;
  readonly index: Pick<FlatIndex, "mendEntry"> | undefined;
  readonly best: () => BlockRef;
}

/** Puts rows back, each only where it is damaged at that moment. All methods resolve once that is on disk; false where it is not mended. */
export class RowMending {
  readonly #parts: RowMendingParts;

  constructor(parts: RowMendingParts) {
    this.#parts = parts;
  }

  /** That it is that block's is the caller's to know. */
  body(block: Uint8Array, body: readonly Uint8Array[]): Promise<boolean> {
    return this.#put(keys.body(block), encodeItems(body));
  }

  /** That it proves that block final is the caller's to know. */
  proof(block: Uint8Array, proof: Uint8Array): Promise<boolean> {
    return this.#put(keys.justifications(block), proof);
  }

  /** The header in a damaged record, whatever became of it; undefined where there is none. */
  storedHeader(block: Uint8Array): Uint8Array | undefined {
    const row = this.#parts.store.stored(keys.block(block));
    if (row === undefined || row.length < SHORTEST_RECORD) return undefined;
    return decodeBlockRecord(block, valueOfWhole(row)).header;
  }

  /** That it is that block's header is the caller's to know. */
  async record(facts: HeaderFacts): Promise<boolean> {
    const key = keys.block(facts.hash);
    const row = this.#parts.store.stored(key);
    const record = row && mendedRecord(facts, row);
    return record === undefined ? false : this.#put(key, record);
  }

  /** By what else is here. `pause`: awaited between looks through the records of blocks, all of which it takes for the blocks of a height. */
  async derived(key: BinaryString, pause: () => Promise<void>): Promise<boolean> {
    switch (key[0]) {
      case "c":
        return this.#put(key, this.#canonical(heightOfKey(key)));
      case "h":
        return this.#put(key, await this.#hashesAt(heightOfKey(key), pause));
      case "n":
        // Where it is not there, the heights themselves are read.
        return this.#isDamaged(key) && this.#write([[key, undefined]]);
      default:
        return this.#parts.index?.mendEntry(key) === true && this.#write([]);
    }
  }

  #canonical(number: number): Uint8Array | undefined {
    const {blocks, best} = this.#parts;
    const {hash: end, number: height} = best();
    if (number >= height) return number === height ? end : undefined;
    const above = blocks.canonical(number + 1);
    const hash = above && blocks.record(above)?.parentHash;
    return hash !== undefined && blocks.record(hash)?.number === number ? hash : undefined;
  }

  /** The best chain's block first. Undefined where a record is damaged, since it may be of that height. */
  async #hashesAt(number: number, pause: () => Promise<void>): Promise<Uint8Array | undefined> {
    const {blocks, best} = this.#parts;
    const found: Uint8Array[] = [];
    let from: BinaryString | undefined = keys.block(new Uint8Array(0));
    while (from !== undefined) {
      from = this.#records(from, number, found);
      if (from === DAMAGED) return undefined;
      await pause();
    }
    const first = number > best().number ? undefined : blocks.canonical(number);
    const isFirst = (hash: Uint8Array) => first !== undefined && equalBytes(hash, first);
    const hashes = [...found.filter(isFirst), ...found.filter(hash => !isFirst(hash))];
    return hashes.length === 0 ? undefined : concatBytes(...hashes);
  }

  /** Looks at some records; gives the key to go on with. */
  #records(
    from: BinaryString,
    number: number,
    found: Uint8Array[],
  ): BinaryString | typeof DAMAGED | undefined {
    let left = RECORDS;
    try {
      for (const [key, value] of this.#parts.store.range({from, to: END_OF_RECORDS})) {
        if (left-- === 0) return key;
        const record = decodeBlockRecord(hashOfKey(key), value);
        if (record.number === number) found.push(record.hash);
      }
    } catch (error) {
      if (error instanceof StoreFault) return DAMAGED;
      throw error;
    }
    return undefined;
  }

  async #put(key: BinaryString, value: Uint8Array | undefined): Promise<boolean> {
    // Looked at in the same moment as it is written, whatever was waited for before.
    return value !== undefined && this.#isDamaged(key) && this.#write([[key, value]]);
  }

  async #write(writes: readonly Write[]): Promise<boolean> {
    const {writer} = this.#parts;
    await writer.flushed(writer.add(writes));
    return true;
  }

  #isDamaged(key: BinaryString): boolean {
    try {
      this.#parts.writer.get(key);
      return false;
    } catch (error) {
      if (error instanceof StoreFault) return true;
      throw error;
    }
  }
}

const DAMAGED = "";

/** Behind the last key of a record. */
const END_OF_RECORDS = "c";

/** Bytes of a record without a header, and its checksum. */
const SHORTEST_RECORD = 80;
