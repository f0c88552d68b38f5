import {type BinaryString, bytesToBinary, unreachable} from "#base";
import {type Hashing, twox256} from "#crypto";
import type {StorageHasher} from "../chain-description.ts";

/** A key in SCALE as part of a storage key. */
export function hashedKey(hashing: Hashing, hasher: StorageHasher, key: Uint8Array): BinaryString {
  switch (hasher) {
    case "Blake2_128":
      return bytesToBinary(hashing.blake2b128(key));
    case "Blake2_256":
      return bytesToBinary(hashing.blake2b256(key));
    case "Blake2_128Concat":
      return bytesToBinary(hashing.blake2b128(key)) + bytesToBinary(key);
    case "Twox128":
      return bytesToBinary(hashing.twox128(key));
    case "Twox256":
      return bytesToBinary(twox256(key));
    case "Twox64Concat":
      return bytesToBinary(hashing.twox64(key)) + bytesToBinary(key);
    case "Identity":
      return bytesToBinary(key);
    default:
      return unreachable(hasher);
  }
}

/** Bytes of hash in front of the key itself; undefined where the key is not there to be read. */
export function hashLength(hasher: StorageHasher): number | undefined {
  switch (hasher) {
    case "Blake2_128Concat":
      return 16;
    case "Twox64Concat":
      return 8;
    case "Identity":
      return 0;
    default:
      return undefined;
  }
}
