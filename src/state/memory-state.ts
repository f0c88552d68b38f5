import {type HashFunction, type StateVersion, sortChanges, Trie} from "#trie";
import type {StorageKey} from "./externalities.ts";
import {type StateView, stateViewOf} from "./state-view.ts";

/** A state that lives in memory only: a genesis before it is stored, and tests. */
export function memoryState(
  entries: Iterable<readonly [StorageKey, Uint8Array]>,
  hash: HashFunction,
  version: StateVersion = 0,
): StateView {
  const distinct = new Map(entries);
  return stateViewOf(Trie.empty(hash).update(sortChanges([...distinct]), version));
}
