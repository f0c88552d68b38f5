import type {BinaryString} from "#base";
import type {StateVersion} from "#trie";

/** A storage key: raw key bytes as a binary string. */
export type StorageKey = BinaryString;

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

/**
 * What a runtime sees of the chain's state while it executes: synchronous, transactional, ordered.
 * Values are immutable: neither side changes an array after handing it over.
 */
export interface Externalities {
  get(key: StorageKey): Uint8Array | undefined;
  set(key: StorageKey, value: Uint8Array): void;
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
  /** Opens a nested transaction. */
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
  /** Root of the state as it stands now, open transactions and all. */
  root(version: StateVersion): Uint8Array;
}

/** A transaction was to be ended where none is open, or none that is the caller's. Nothing was changed. */
export class NoTransaction extends Error {
  constructor(end: "commit" | "rollback") {
    super(`${end} without an open transaction`);
    this.name = "NoTransaction";
  }
}
