import {type BinaryString, bytesToBinary} from "#base";
import {encodingOf, type HashFunction, type Place} from "#trie";
import type {KeyValueStore} from "../key-value-store.ts";
import {keys, placeOfKey} from "../keys.ts";

/** Where nodes and values with certain hashes are: by going through all that are stored, once. */
export class PlacesByHash {
  /** Rising. */
  readonly #found = new Map<BinaryString, Place[]>();

  constructor(store: KeyValueStore, hash: HashFunction, wanted: readonly Uint8Array[]) {
    for (const one of wanted) this.#found.set(bytesToBinary(one), []);
    if (wanted.length === 0) return;
    for (const [from, read] of [
      [keys.node(0), encodingOf],
      [keys.value(0), (bytes: Uint8Array) => bytes],
    ] as const) {
      const to = String.fromCharCode(from.charCodeAt(0) + 1);
      for (const [key, stored] of store.range({from, to})) {
        this.#found.get(bytesToBinary(hash(read(stored))))?.push(placeOfKey(key));
      }
    }
  }

  /** All, the highest first. */
  of(hash: Uint8Array): readonly Place[] {
    return this.#found.get(bytesToBinary(hash))?.toReversed() ?? [];
  }
}
