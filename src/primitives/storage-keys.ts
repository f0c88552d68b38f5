import {type BinaryString, bytesToBinary, utf8Bytes} from "#base";
import type {Hashing} from "#crypto";

/** `twox128(pallet) ++ twox128(item)`: the key of a value and the prefix of a map (spec/pallets §17.1). */
export function itemKey(hashing: Hashing, pallet: string, item: string): BinaryString {
  return (
    bytesToBinary(hashing.twox128(utf8Bytes(pallet))) +
    bytesToBinary(hashing.twox128(utf8Bytes(item)))
  );
}

/** Keys that are not hashed (spec/pallets §17.2). */
export const CODE_KEY: BinaryString = ":code";
export const HEAP_PAGES_KEY: BinaryString = ":heappages";
export const EXTRINSIC_INDEX_KEY: BinaryString = ":extrinsic_index";
export const INTRABLOCK_ENTROPY_KEY: BinaryString = ":intrablock_entropy";
export const CHILD_STORAGE_PREFIX: BinaryString = ":child_storage:";
/** This and the name of a child trie of the default kind, the only one there is: where the state keeps its root. */
export const DEFAULT_CHILD_PREFIX: BinaryString = `${CHILD_STORAGE_PREFIX}default:`;
/** Ours: the chain's parameters, SCALE (docs/parameters). */
export const PARAMETERS_KEY: BinaryString = ":khala:parameters";
/** Ours: what all nodes of a rehearsal have to agree on (docs/rehearsing). No runtime knows it. */
export const REHEARSAL_KEY: BinaryString = ":khala:rehearsal";
