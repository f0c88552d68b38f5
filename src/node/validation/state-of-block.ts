import {binaryToBytes, bytesToBinary} from "#base";
import {CODE_KEY} from "#primitives";
import type {KnownEntry, StorageKey} from "#state";
import {type BlockOfState, entries as entriesCodec, keys, packed, unpacked} from "./messages.ts";

/** Keys that come along with each state: a runtime reads some ten or twenty for every transaction. */
const MOST_OFTEN = 64;
/** Transactions after which it is known which keys all of them read. */
const ENOUGH = 32;
/** Entries that are kept of one state: the accounts of a full pool several times over. */
const MOST_ENTRIES = 32_768;
/** Bytes of entries that are kept of one state. */
const MOST_BYTES = 32 * 1_048_576;

/** What a thread knows of the state after a block: what it was told, bit by bit. */
export class StateOfBlock {
  readonly block: BlockOfState;
  readonly #code: Uint8Array | undefined;
  readonly #entries = new Map<StorageKey, KnownEntry>();
  readonly #needed = new Set<StorageKey>();
  readonly #waiting: ((isThere: boolean) => void)[] = [];
  #isOver = false;
  #examined = 0;
  #bytes = 0;

  constructor(block: BlockOfState, code: Uint8Array | undefined, entries: Uint8Array) {
    this.block = block;
    this.#code = code;
    this.#learn(entries);
  }

  get entries(): ReadonlyMap<StorageKey, KnownEntry> {
    return this.#entries;
  }

  /** Entries that were asked for have come. */
  told(entries: Uint8Array): void {
    this.#learn(entries);
    this.#waiting.shift()?.(true);
  }

  /** Asks for entries; resolves when they are there, with false when none will come any more. */
  fetch(
    wanted: Iterable<StorageKey>,
    need: (keys: Uint8Array<ArrayBuffer>) => void,
  ): Promise<boolean> {
    if (this.#isOver) return Promise.resolve(false);
    const told = new Promise<boolean>(resolve => this.#waiting.push(resolve));
    need(packed(keys, Array.from(wanted, binaryToBytes)));
    return told;
  }

  end(): void {
    this.#isOver = true;
    for (const resolve of this.#waiting.splice(0)) resolve(false);
  }

  /** The runtime itself is found by it, whatever is asked. */
  noteNeeded(key: StorageKey): void {
    if (key !== CODE_KEY) this.#needed.add(key);
  }

  noteExamined(transactions: number): void {
    this.#examined += transactions;
  }

  /** Keys that nearly every transaction has read; undefined where too few were asked about to tell. */
  often(): StorageKey[] | undefined {
    if (this.#examined < ENOUGH) return undefined;
    const read = [...this.#entries].filter(
      ([key, {reads}]) => key !== CODE_KEY && reads >= this.#examined,
    );
    return [...new Set([...this.#needed, ...read.map(([key]) => key)])].slice(0, MOST_OFTEN);
  }

  #learn(given: Uint8Array): void {
    if (this.#entries.size > MOST_ENTRIES || this.#bytes > MOST_BYTES) {
      this.#entries.clear();
      this.#bytes = 0;
    }
    this.#bytes += given.length;
    if (this.#code !== undefined) this.#entries.set(CODE_KEY, {value: this.#code, reads: 0});
    for (const [key, value] of unpacked(entriesCodec, given)) {
      this.#entries.set(bytesToBinary(key), {value, reads: 0});
    }
  }
}
