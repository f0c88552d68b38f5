import {type BinaryString, bytesToBinary} from "#base";
import type {Hashing} from "#crypto";

/** How a map's key becomes part of a storage key; metadata lists them by these names and indices. */
export const STORAGE_HASHERS = [
  "Blake2_128",
  "Blake2_256",
  "Blake2_128Concat",
  "Twox128",
  "Twox256",
  "Twox64Concat",
  "Identity",
] as const;
export type StorageHasher = "Blake2_128Concat" | "Twox64Concat";

/** Hash of the encoded key, then the key itself, so that keys can be listed. */
export function hashedKey(hashing: Hashing, hasher: StorageHasher, key: Uint8Array): BinaryString {
  const hash = hasher === "Twox64Concat" ? hashing.twox64(key) : hashing.blake2b128(key);
  return bytesToBinary(hash) + bytesToBinary(key);
}
