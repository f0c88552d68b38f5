import type {BinaryString} from "#base";
import type {StateVersion} from "#trie";

/** A storage key: raw key bytes as a binary string. */
export type StorageKey = BinaryString;

/** The name of a child trie, without the prefix under which the state keeps its root. */
export type ChildName = BinaryString;

/** What came of clearing many keys, with the counts that upstream's host functions answer by. */
export interface Cleared {
  /** Keys of the state below that were come by, whether or not they had been removed before: what `limit` bounds. */
  readonly loops: number;
  /** Those of them that were not removed before, and not written either. */
  readonly backend: number;
  /** Distinct keys that had a value and have none now. */
  readonly unique: number;
  /** The limit was met and a further key of the state below begins with the prefix. */
  readonly remaining: boolean;
}

/** Of a clearing that was not allowed to touch anything, and is no failure. */
export const NOTHING_CLEARED: Cleared = {loops: 0, backend: 0, unique: 0, remaining: false};

/** One child trie as a runtime sees it, under the transactions of the whole. One that holds nothing is not there. */
export interface ChildState {
  get(key: StorageKey): Uint8Array | undefined;
  set(key: StorageKey, value: Uint8Array): void;
  remove(key: StorageKey): void;
  has(key: StorageKey): boolean;
  /** The smallest present key strictly greater than `key`. */
  nextKey(key: StorageKey): StorageKey | undefined;
  /** As `Externalities.clearPrefix`, but that no prefix is refused. */
  clearPrefix(prefix: StorageKey, limit?: number): Cleared;
  /** Clears all of it, counting alike. */
  kill(limit?: number): Cleared;
  /** Root of the trie as it stands now; of an empty one that of the empty trie. */
  root(version: StateVersion): Uint8Array;
}

/**
 * What a runtime sees of the chain's state while it executes: synchronous, transactional, ordered.
 * Values are immutable: neither side changes an array after handing it over.
 */
export interface Externalities {
  get(key: StorageKey): Uint8Array | undefined;
  /** Does nothing to a key of the kind that roots of child tries stand under, which follow from the child tries alone. */
  set(key: StorageKey, value: Uint8Array): void;
  /** As `set`. */
  remove(key: StorageKey): void;
  has(key: StorageKey): boolean;
  /**
   * Appends one SCALE-encoded item to the SCALE `Vec` under `key` (an absent or undecodable value counts as the
   * empty list), at a cost that does not depend on the length of the list.
   */
  append(key: StorageKey, item: Uint8Array): void;
  /** The smallest present key strictly greater than `key`. */
  nextKey(key: StorageKey): StorageKey | undefined;
  /**
   * Removes the keys that begin with `prefix`: those written since the state below all of them, those of the state
   * below at most `limit`, in order (spec/wasm-engine §4.1). A prefix above or below the roots of child tries removes
   * nothing.
   */
  clearPrefix(prefix: StorageKey, limit?: number): Cleared;
  child(name: ChildName): ChildState;
  /** Opens a nested transaction, over the top trie and all child tries together. */
  begin(): void;
  /** Keeps what was written since the matching `begin`. Throws `NoTransaction` where none is open. */
  commit(): void;
  /** Undoes what was written since the matching `begin`. Throws `NoTransaction` where none is open. */
  rollback(): void;
  /** How many transactions are open, within `fenced` those begun in it alone. */
  readonly depth: number;
  /**
   * Runs a call of a runtime: transactions open before are not the call's to end, and those that it leaves open are
   * undone, whether it returns or throws.
   */
  fenced<T>(work: () => T): T;
  /** Root of the state as it stands now, open transactions, child tries and all. */
  root(version: StateVersion): Uint8Array;
}

/** A transaction was to be ended where none is open, or none that is the caller's. Nothing was changed. */
export class NoTransaction extends Error {
  constructor(end: "commit" | "rollback") {
    super(`${end} without an open transaction`);
    this.name = "NoTransaction";
  }
}
