import {type BinaryString, bytesToBinary, invariant} from "#base";
import {type KeyRange, type KeyValueStore, LONGEST_KEY, type Write} from "./key-value-store.ts";

/** Keeps nothing beyond the process: for tests and throw-away chains. */
export class MemoryStore implements KeyValueStore {
  #entries = new Map<BinaryString, Uint8Array>();

  get(key: BinaryString): Uint8Array | undefined {
    return this.#entries.get(key)?.slice();
  }

  lend(key: Uint8Array): Uint8Array | undefined {
    return this.#entries.get(bytesToBinary(key));
  }

  async write(batch: readonly Write[]): Promise<void> {
    for (const [key, value] of batch) {
      invariant(key.length <= LONGEST_KEY, "a key of the store is short");
      if (value === undefined) this.#entries.delete(key);
      else this.#entries.set(key, value.slice());
    }
  }

  *range({from, to}: KeyRange): Iterable<[BinaryString, Uint8Array]> {
    const keys = [...this.#entries.keys()].filter(key => key >= from && (!to || key < to)).sort();
    for (const key of keys) yield [key, this.#entries.get(key)!.slice()];
  }

  async close(): Promise<void> {}
}
