import {invariant} from "#base";
import {type Difference, type StateVersion, TrieFault} from "#trie";
import type {ChildName, StorageKey} from "./externalities.ts";
import type {StateChanges, StateView, TrieView} from "./state-view.ts";
import type {TrieState} from "./trie-state.ts";

/**
 * The part of a state that begins with some prefixes, where the rest may be gone. Whoever asks sees to it that a key or a prefix
 * is below one of them (`holds`); anything else is a bug.
 */
export class WithinPrefixes implements StateView {
  readonly #state: TrieState;
  readonly #prefixes: readonly StorageKey[];

  constructor(state: TrieState, prefixes: readonly StorageKey[]) {
    this.#state = state;
    this.#prefixes = prefixes;
  }

  /** Whether a key, or all keys that begin so, can be asked for. */
  holds(key: StorageKey): boolean {
    return this.#prefixes.some(prefix => key.startsWith(prefix));
  }

  get(key: StorageKey): Uint8Array | undefined {
    return this.#within(key).get(key);
  }

  has(key: StorageKey): boolean {
    return this.#within(key).has(key);
  }

  /** Undefined where the next key lies beyond what is here. */
  nextKey(key: StorageKey): StorageKey | undefined {
    const state = this.#within(key);
    try {
      const next = state.nextKey(key);
      return next !== undefined && this.holds(next) ? next : undefined;
    } catch (error) {
      // Of what comes after the last key here not even the way is kept.
      if (error instanceof TrieFault && error.isMiss) return undefined;
      throw error;
    }
  }

  keys(prefix: StorageKey): Iterable<StorageKey> {
    return this.#within(prefix).keys(prefix);
  }

  entries(prefix: StorageKey = ""): Iterable<readonly [StorageKey, Uint8Array]> {
    return this.#within(prefix).entries(prefix);
  }

  root(): Uint8Array {
    return this.#state.root();
  }

  closestMerkleValue(key: StorageKey): Uint8Array | undefined {
    return this.#within(key).closestMerkleValue(key);
  }

  prove(
    keys: Iterable<StorageKey>,
    children: Iterable<readonly [ChildName, Iterable<StorageKey>]> = [],
  ): Uint8Array[] {
    const wanted = [...keys];
    for (const key of wanted) this.#within(key);
    if ([...children].length > 0) return this.#gone();
    return this.#state.prove(wanted);
  }

  differencesFrom(_before: TrieView): Iterable<Difference> {
    return this.#gone();
  }

  child(_name: ChildName): TrieView {
    return this.#gone();
  }

  childNames(): Iterable<ChildName> {
    return this.#gone();
  }

  proveRange(): Uint8Array[] | undefined {
    return this.#gone();
  }

  rows(): undefined {
    return this.#gone();
  }

  update(_changes: StateChanges, _version: StateVersion): TrieState {
    return this.#gone();
  }

  recorded(): StateView {
    return this.#gone();
  }

  #within(key: StorageKey): TrieState {
    invariant(this.holds(key), "what is asked for is in the part that is kept");
    return this.#state;
  }

  #gone(): never {
    throw new Error("only a part of this state is kept");
  }
}
