import {CHILD_STORAGE_PREFIX, DEFAULT_CHILD_PREFIX} from "#primitives";
import type {ChildName, StorageKey} from "./externalities.ts";

/** Where the top trie keeps the root of a child trie. */
export const childRootKey = (name: ChildName): StorageKey => DEFAULT_CHILD_PREFIX + name;

/** The child trie whose root stands under a key; undefined where none can stand. */
export function childNameOf(key: StorageKey): ChildName | undefined {
  return key.startsWith(DEFAULT_CHILD_PREFIX) ? key.slice(DEFAULT_CHILD_PREFIX.length) : undefined;
}

/** Whether a key is one of those that only the roots of child tries are written under. */
export const isChildStorageKey = (key: StorageKey): boolean => key.startsWith(CHILD_STORAGE_PREFIX);

/** Whether keys that begin with `prefix` may be such keys. */
export const reachesChildRoots = (prefix: StorageKey): boolean =>
  isChildStorageKey(prefix) || CHILD_STORAGE_PREFIX.startsWith(prefix);
