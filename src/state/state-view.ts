import type {Trie} from "#trie";
import type {StorageKey} from "./externalities.ts";

/** The state after some block, to read from and to build on. It does not change. */
export interface StateView {
  readonly trie: Trie;
  get(key: StorageKey): Uint8Array | undefined;
  has(key: StorageKey): boolean;
  /** The smallest present key strictly greater than `key`. */
  nextKey(key: StorageKey): StorageKey | undefined;
}

export function stateViewOf(trie: Trie): StateView {
  return {
    trie,
    get: key => trie.get(key),
    has: key => trie.has(key),
    nextKey: key => trie.nextKey(key),
  };
}
