import {createBLAKE2b, createBLAKE3, createKeccak, createXXHash64, type IHasher} from "hash-wasm";
import type {Hashing} from "#crypto";

let made: Promise<Hashing> | undefined;

/**
 * The hash functions on hash-wasm, whose WebAssembly takes 0.4 µs for a trie node. Each hasher is one instance
 * with one state, which is safe because every call here starts and finishes it without a pause: so the process makes them once,
 * which a runtime that is being compiled meanwhile would hold up each time.
 */
export function createNativeHashing(): Promise<Hashing> {
  made ??= make();
  return made;
}

async function make(): Promise<Hashing> {
  const [blake2b128, blake2b256, blake2b512, keccak256, blake3, xxhashSeed0, xxhashSeed1] =
    await Promise.all([
      createBLAKE2b(128),
      createBLAKE2b(256),
      createBLAKE2b(512),
      createKeccak(256),
      createBLAKE3(256),
      createXXHash64(0, 0),
      createXXHash64(1, 0),
    ]);
  return {
    blake2b128: data => digest(blake2b128, data),
    blake2b256: data => digest(blake2b256, data),
    blake2b512: data => digest(blake2b512, data),
    keccak256: data => digest(keccak256, data),
    blockHash: data => digest(blake2b256, data),
    blake3: data => digest(blake3, data),
    // hash-wasm writes xxHash64 big-endian, the protocol little-endian.
    twox64: data => digest(xxhashSeed0, data).reverse(),
    twox128: data => {
      const out = new Uint8Array(16);
      out.set(digest(xxhashSeed0, data).reverse());
      out.set(digest(xxhashSeed1, data).reverse(), 8);
      return out;
    },
  };
}

const digest = (hasher: IHasher, data: Uint8Array): Uint8Array =>
  hasher.init().update(data).digest("binary");
