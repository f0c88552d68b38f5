import type {BinaryString} from "#base";
import type {StateVersion} from "#trie";

/** A storage key: raw key bytes as a binary string. */
export type StorageKey = BinaryString;

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
  /** Removes keys that begin with `prefix`, at most `limit` of them; says how many went and whether any are left. */
  clearPrefix(prefix: StorageKey, limit?: number): {removed: number; remaining: boolean};
  /** Opens a nested transaction. */
  begin(): void;
  /** Keeps what was written since the matching `begin`. */
  commit(): void;
  /** Undoes what was written since the matching `begin`. */
  rollback(): void;
  /** Root of the state as it stands now. Must be called outside of transactions. */
  root(version: StateVersion): Uint8Array;
}
