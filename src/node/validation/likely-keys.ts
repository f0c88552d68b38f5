import {type BinaryString, bytesToBinary, concatBytes} from "#base";
import type {Hashing} from "#crypto";
import type {StorageKey} from "#state";

/** Of a key: pallet and item, 16 bytes each, as FRAME hashes their names. */
const PREFIX = 32;
/** Of what a map is keyed by: an account. */
const ACCOUNT = 32;
/** Places that are remembered: senders stand in one, or in two where lengths of transactions differ. */
const MOST_PLACES = 8;

/** FRAME's hashers that leave the key readable, by the length of what they put before it. */
const HASHERS = new Map<number, "blake2b128" | "twox64">([
  [16, "blake2b128"],
  [8, "twox64"],
]);

interface Place {
  readonly prefix: BinaryString;
  readonly hasher: "blake2b128" | "twox64";
  /** In the transaction: where the account stands. */
  readonly offset: number;
}

/**
 * Foresees what a runtime will read for a transaction: the entry of an account that stands in it, as that of who sends it. Where that is
 * was learnt from keys that others of the same build made it read. A guess that is wrong costs a read of an entry that nobody needs.
 */
export class LikelyKeys {
  readonly #hashing: Pick<Hashing, "blake2b128" | "twox64">;
  readonly #places = new Map<string, Place>();

  constructor(hashing: Pick<Hashing, "blake2b128" | "twox64">) {
    this.#hashing = hashing;
  }

  /** A key that came up only while the runtime was asked about the transaction. */
  learn(tx: Uint8Array, key: StorageKey): void {
    const hasher = HASHERS.get(key.length - PREFIX - ACCOUNT);
    if (hasher === undefined) return;
    const offset = bytesToBinary(tx).indexOf(key.slice(-ACCOUNT));
    if (offset < 0) return;
    const prefix = key.slice(0, PREFIX);
    this.#places.set(`${offset} ${hasher} ${prefix}`, {prefix, hasher, offset});
    const [oldest] = this.#places.keys();
    if (this.#places.size > MOST_PLACES && oldest !== undefined) this.#places.delete(oldest);
  }

  of(tx: Uint8Array): StorageKey[] {
    const keys: StorageKey[] = [];
    for (const {prefix, hasher, offset} of this.#places.values()) {
      if (offset + ACCOUNT > tx.length) continue;
      const account = tx.subarray(offset, offset + ACCOUNT);
      keys.push(prefix + bytesToBinary(concatBytes(this.#hashing[hasher](account), account)));
    }
    return keys;
  }

  /** Another runtime may read other things. */
  clear(): void {
    this.#places.clear();
  }
}
