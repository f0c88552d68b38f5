import {blake2b} from "@noble/hashes/blake2.js";
import {blake3} from "@noble/hashes/blake3.js";
import {sha256 as sha2} from "@noble/hashes/sha2.js";
import {keccak_256, keccak_512} from "@noble/hashes/sha3.js";
import type {Hashing} from "./hashing.ts";
import {xxhash64} from "./xxhash64.ts";

/** The hash functions in plain JavaScript: runs anywhere, some six times slower than `crypto-native`. */
export function createPortableHashing(): Hashing {
  return {
    blake2b128: data => blake2b(data, {dkLen: 16}),
    blake2b256: data => blake2b(data, {dkLen: 32}),
    blake2b512: data => blake2b(data, {dkLen: 64}),
    twox64: data => twox(data, 1),
    twox128: data => twox(data, 2),
    keccak256: data => keccak_256(data),
    blockHash: data => blake2b(data, {dkLen: 32}),
    blake3: data => blake3(data),
  };
}

/** xxHash64 with seeds 0 to 3, each little-endian: 32 bytes. Not one of `Hashing`: hardly a map has keys of it. */
export function twox256(data: Uint8Array): Uint8Array {
  return twox(data, 4);
}

/** Keccak with 64 bytes. Not one of `Hashing`: runtimes may ask for it, and hardly one does. */
export function keccak512(data: Uint8Array): Uint8Array {
  return keccak_512(data);
}

/** SHA-256. Not one of `Hashing`: only runtimes that follow other chains ask for it. */
export function sha256(data: Uint8Array): Uint8Array {
  return sha2(data);
}

function twox(data: Uint8Array, words: number): Uint8Array {
  const out = new Uint8Array(words * 8);
  const view = new DataView(out.buffer);
  for (let seed = 0; seed < words; seed++) {
    view.setBigUint64(seed * 8, xxhash64(data, BigInt(seed)), true);
  }
  return out;
}
