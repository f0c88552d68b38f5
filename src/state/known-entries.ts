import {type Difference, TrieFault} from "#trie";
import type {StorageKey} from "./externalities.ts";
import type {StateView, TrieView} from "./state-view.ts";
import type {TrieState} from "./trie-state.ts";

/** A value that is known, absence included. */
export interface KnownEntry {
  readonly value: Uint8Array | undefined;
  /** How often it was read. */
  reads: number;
}

const NOWHERE = new Uint8Array(32);

/**
 * A state of which single entries are known, and nothing else. Of an entry that is not known it says that there is none, and
 * notes the key: what was found out with a key in `unknown` is to be thrown away, and found out anew once that is known. So
 * one run tells of more than one key that it needs. What takes more than single entries fails as a state does that lacks
 * what was come upon.
 */
export class KnownEntries implements StateView {
  readonly #entries: ReadonlyMap<StorageKey, KnownEntry>;
  readonly #unknown: Set<StorageKey>;

  constructor(entries: ReadonlyMap<StorageKey, KnownEntry>, unknown: Set<StorageKey>) {
    this.#entries = entries;
    this.#unknown = unknown;
  }

  get(key: StorageKey): Uint8Array | undefined {
    const known = this.#entries.get(key);
    if (known === undefined) {
      this.#unknown.add(key);
      return undefined;
    }
    known.reads++;
    return known.value;
  }

  has(key: StorageKey): boolean {
    return this.get(key) !== undefined;
  }

  nextKey(key: StorageKey): StorageKey | undefined {
    return beyond(key);
  }

  keys(prefix: StorageKey): Iterable<StorageKey> {
    return beyond(prefix);
  }

  entries(prefix: StorageKey = ""): Iterable<readonly [StorageKey, Uint8Array]> {
    return beyond(prefix);
  }

  root(): Uint8Array {
    return beyond();
  }

  closestMerkleValue(key: StorageKey): Uint8Array | undefined {
    return beyond(key);
  }

  differencesFrom(): Iterable<Difference> {
    return beyond();
  }

  child(): TrieView {
    return {
      get: beyond,
      has: beyond,
      nextKey: beyond,
      keys: beyond,
      entries: beyond,
      root: () => beyond(),
      closestMerkleValue: beyond,
      differencesFrom: () => beyond(),
    };
  }

  childNames(): Iterable<StorageKey> {
    return beyond();
  }

  prove(): Uint8Array[] {
    return beyond();
  }

  proveRange(): Uint8Array[] | undefined {
    return beyond();
  }

  rows(): undefined {
    return beyond();
  }

  update(): TrieState {
    return beyond();
  }

  recorded(): StateView {
    return beyond();
  }
}

function beyond(key: StorageKey = ""): never {
  throw new TrieFault("node-missing", key, NOWHERE, "only single entries of this state are known");
}
