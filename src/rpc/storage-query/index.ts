/**
 * The query of storage that the newer methods share (spec/rpc §2): items, each a key and what is asked about it, in;
 * results out, one at a time, so that a map of a million entries is walked without holding it.
 *
 * Out of scope: how results reach the client (`chain-head`, `methods/archive`), child tries (no chain of ours has any).
 */
export {type StorageItem, storageItem} from "./storage-item.ts";
export {type StorageResult, storageResults} from "./storage-results.ts";
