import {type HashFunction, type StateVersion, sortChanges, Trie} from "#trie";
import type {ChildName, StorageKey} from "./externalities.ts";
import {stateViewOf, type TrieState} from "./trie-state.ts";

type Entries = Iterable<readonly [StorageKey, Uint8Array]>;

/** A state that lives in memory only: a genesis before it is stored, and tests. */
export function memoryState(
  entries: Entries,
  hash: HashFunction,
  version: StateVersion = 0,
  children: Iterable<readonly [ChildName, Entries]> = [],
): TrieState {
  const distinct = (of: Entries) => sortChanges([...new Map(of)]);
  const byName = new Map([...children].map(([name, of]) => [name, distinct(of)]));
  const empty = stateViewOf(Trie.empty(hash));
  return empty.update({top: distinct(entries), children: byName}, version);
}
