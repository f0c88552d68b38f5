/**
 * A state read by the names of its items: keys made of their parts and taken apart again, values by their types, maps in pages.
 *
 * Out of scope: fetching a state (`store`, RPC), and what an item means.
 */
export {ItemsByPrefix, itemName} from "./items-by-prefix.ts";
export {
  type EntryPage,
  type MapEntry,
  type Reading,
  readStored,
  StateReader,
} from "./state-reader.ts";
export {readStorageKey, storageKey} from "./storage-key.ts";
