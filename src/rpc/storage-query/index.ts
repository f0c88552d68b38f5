/**
 * The query of storage that the newer methods share (spec/rpc §2): items, each a key and what is asked about it, in;
 * results out, one at a time, so that a map of a million entries is walked without holding it.
 *
 * Items are asked of the top trie, or all of one child trie by its name.
 *
 * Out of scope: how results reach the client (`chain-head`, `methods/archive`).
 */
export {type StorageItem, storageItem} from "./storage-item.ts";
export {NOTHING_FOUND, type StorageResult, storageResults} from "./storage-results.ts";
