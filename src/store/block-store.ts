import {type BinaryString, bytesToBinary, bytesToHex, equalBytes, LruCache} from "#base";
import type {Place} from "#trie";
import {
  type BlockRecord,
  decodeBlockRecord,
  decodeItems,
  encodeBlockRecord,
  encodeItems,
} from "./block-record.ts";
import {StoreFault} from "./failures.ts";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import {NO_STATE} from "./state-store.ts";

/** Blocks of whom everybody speaks are the last few; a sync asks for more, in order. */
const CACHED_RECORDS = 4_096;

const HASH = 32;

export type BlockRef = {hash: Uint8Array; number: number};

type Reader = {get(key: BinaryString): Uint8Array | undefined};

/** Blocks by hash and by height, and the best chain through them. Reads only; writes are given back to be made. */
export class BlockStore {
  readonly #reader: Reader;
  #records = new LruCache<BinaryString, BlockRecord>(CACHED_RECORDS);

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  record(hash: Uint8Array): BlockRecord | undefined {
    const cacheKey = bytesToBinary(hash);
    const cached = this.#records.get(cacheKey);
    if (cached !== undefined) return cached;
    const bytes = this.#reader.get(keys.block(hash));
    if (bytes === undefined) return undefined;
    const record = decodeBlockRecord(hash.slice(), bytes);
    this.#records.set(cacheKey, record);
    return record;
  }

  /** The record of a block that another one refers to: its absence is damage. */
  knownRecord(hash: Uint8Array): BlockRecord {
    const record = this.record(hash);
    if (record !== undefined) return record;
    throw new StoreFault(
      "database-corrupt",
      `block ${bytesToHex(hash)} is referred to and missing`,
    );
  }

  body(hash: Uint8Array): Uint8Array[] | undefined {
    const bytes = this.#reader.get(keys.body(hash));
    return bytes === undefined ? undefined : decodeItems(bytes);
  }

  justifications(hash: Uint8Array): Uint8Array | undefined {
    return this.#reader.get(keys.justifications(hash));
  }

  /** Hash of the best chain's block at a height. */
  canonical(number: number): Uint8Array | undefined {
    return this.#reader.get(keys.canonical(number));
  }

  isCanonical(block: BlockRef): boolean {
    const hash = this.canonical(block.number);
    return hash !== undefined && equalBytes(hash, block.hash);
  }

  /** Hashes of all blocks at a height, of all forks, in the order of their coming. */
  hashesAt(number: number): Uint8Array[] {
    const bytes = this.#reader.get(keys.height(number)) ?? new Uint8Array(0);
    const hashes: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += HASH) hashes.push(bytes.subarray(at, at + HASH));
    return hashes;
  }

  children(block: BlockRef): BlockRecord[] {
    return this.hashesAt(block.number + 1)
      .map(hash => this.knownRecord(hash))
      .filter(child => equalBytes(child.parentHash, block.hash));
  }

  /** Blocks without children, from a height on. */
  leaves(from: number): BlockRecord[] {
    const leaves: BlockRecord[] = [];
    for (let number = from; ; number++) {
      const hashes = this.hashesAt(number);
      if (hashes.length === 0) return leaves;
      const records = hashes.map(hash => this.knownRecord(hash));
      leaves.push(...records.filter(record => this.children(record).length === 0));
    }
  }

  /** What to write where the state of a block that is kept goes. */
  withoutState(record: BlockRecord): Write {
    return this.withState(record, NO_STATE);
  }

  /** What to write where the state of a block that is kept is at another place. */
  withState(record: BlockRecord, statePlace: Place): Write {
    const changed = {...record, statePlace};
    this.#records.set(bytesToBinary(record.hash), changed);
    return [keys.block(record.hash), encodeBlockRecord(changed)];
  }

  /** `body`: undefined where it is not to be kept. */
  writesOf(record: BlockRecord, body: readonly Uint8Array[] | undefined): Write[] {
    const others = this.hashesAt(record.number);
    const height = new Uint8Array(HASH * (others.length + 1));
    others.forEach((hash, i) => void height.set(hash, i * HASH));
    height.set(record.hash, others.length * HASH);
    return [
      [keys.block(record.hash), encodeBlockRecord(record)],
      ...(body === undefined ? [] : [[keys.body(record.hash), encodeItems(body)] as const]),
      [keys.height(record.number), height],
    ];
  }
}
