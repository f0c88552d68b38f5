import {CHILD_STORAGE_PREFIX} from "#primitives";
import type {Cleared, StorageKey} from "./externalities.ts";

/** Where the top trie keeps the roots of child tries of the default kind, the only one there is: this and the name. */
export const DEFAULT_CHILD_PREFIX: StorageKey = `${CHILD_STORAGE_PREFIX}default:`;

/** Of a clearing that was not allowed to touch anything, and is no failure (spec/wasm-engine §4.1). */
export const NOTHING_CLEARED: Cleared = {loops: 0, backend: 0, unique: 0, remaining: false};

/** Whether keys that begin with `prefix` may be roots of child tries. */
export function reachesChildRoots(prefix: StorageKey): boolean {
  return prefix.startsWith(CHILD_STORAGE_PREFIX) || CHILD_STORAGE_PREFIX.startsWith(prefix);
}
