import {type BinaryString, bytesToBinary, bytesToHex, equalBytes, LruCache} from "#base";
import type {Place} from "#trie";
import {
  type BlockRecord,
  decodeBlockRecord,
  decodeItems,
  encodeBlockRecord,
  encodeItems,
} from "./block-record.ts";
import {type Expected, NOTHING_EXPECTED} from "./expected-rows.ts";
import {StoreFault} from "./failures.ts";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import {NO_STATE} from "./state-store.ts";

/** Blocks of whom everybody speaks are the last few; a sync asks for more, in order. */
const CACHED_RECORDS = 4_096;

const HASH = 32;
/** Heights are u32: one above is no block's, and its key would be another one's. */
const HIGHEST = 0xffff_ffff;

export type BlockRef = {hash: Uint8Array; number: number};

type Reader = {get(key: BinaryString): Uint8Array | undefined};

/**
 * Blocks by hash and by height, and the best chain through them. Reads only; writes are given back to be made. What is absent
 * and has to be there is a `StoreFault`: a damaged database must not pass for one that never had it.
 */
export class BlockStore {
  readonly #reader: Reader;
  readonly #expected: Expected;
  #records = new LruCache<BinaryString, BlockRecord>(CACHED_RECORDS);

  constructor(reader: Reader, expected: (blocks: BlockStore) => Expected = () => NOTHING_EXPECTED) {
    this.#reader = reader;
    this.#expected = expected(this);
  }

  record(hash: Uint8Array): BlockRecord | undefined {
    const cacheKey = bytesToBinary(hash);
    const cached = this.#records.get(cacheKey);
    if (cached !== undefined) return cached;
    const bytes = this.#reader.get(keys.block(hash));
    if (bytes === undefined) {
      if (this.#expected.record(hash)) throw lost(`the record of block ${bytesToHex(hash)}`);
      return undefined;
    }
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
    if (bytes !== undefined) return decodeItems(bytes);
    const record = this.record(hash);
    if (record === undefined || !this.#expected.body(record)) return undefined;
    throw lost(`the body of block ${bytesToHex(hash)}`);
  }

  justifications(hash: Uint8Array): Uint8Array | undefined {
    const proof = this.#reader.get(keys.justifications(hash));
    if (proof === undefined && this.record(hash)?.hasProof === true) {
      throw lost(`the proof of finality of block ${bytesToHex(hash)}`);
    }
    return proof;
  }

  /** Hash of the best chain's block at a height. */
  canonical(number: number): Uint8Array | undefined {
    if (number > HIGHEST) return undefined;
    const hash = this.#reader.get(keys.canonical(number));
    if (hash === undefined && this.#expected.canonical(number)) {
      throw lost(`the best chain at height ${number}`);
    }
    return hash;
  }

  isCanonical(block: BlockRef): boolean {
    const hash = this.canonical(block.number);
    return hash !== undefined && equalBytes(hash, block.hash);
  }

  /** Hashes of all blocks at a height, of all forks, in the order of their coming. */
  hashesAt(number: number): Uint8Array[] {
    if (number > HIGHEST) return [];
    const bytes = this.#reader.get(keys.height(number)) ?? new Uint8Array(0);
    if (bytes.length === 0 && this.#expected.canonical(number)) {
      throw lost(`the blocks at height ${number}`);
    }
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
    return this.#changed({...record, statePlace});
  }

  /** What to write where a proof of a block's finality comes, or goes. The block may still be to come. */
  withProof(hash: Uint8Array, proof: Uint8Array | undefined): Write[] {
    const writes: Write[] = [[keys.justifications(hash), proof]];
    const record = this.record(hash);
    const hasProof = proof !== undefined;
    if (record !== undefined && record.hasProof !== hasProof) {
      writes.push(this.#changed({...record, hasProof}));
    }
    return writes;
  }

  #changed(record: BlockRecord): Write {
    this.#records.set(bytesToBinary(record.hash), record);
    return [keys.block(record.hash), encodeBlockRecord(record)];
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

const lost = (what: string): StoreFault =>
  new StoreFault("database-corrupt", `${what} has to be there and is missing`);
