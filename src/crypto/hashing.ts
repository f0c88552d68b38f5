/**
 * The hash functions of the protocol. An implementation is handed in where it is used; both the portable one
 * here and the fast one in `crypto-native` pass the same compliance suite.
 *
 * Every function returns a fresh array that the caller may keep.
 */
export interface Hashing {
  /** BLAKE2b with a 16-byte digest (not a cut of a longer one). */
  blake2b128(data: Uint8Array): Uint8Array;
  blake2b256(data: Uint8Array): Uint8Array;
  blake2b512(data: Uint8Array): Uint8Array;
  /** xxHash64 with seed 0, little-endian: 8 bytes. */
  twox64(data: Uint8Array): Uint8Array;
  /** xxHash64 with seeds 0 and 1, each little-endian: 16 bytes. */
  twox128(data: Uint8Array): Uint8Array;
  keccak256(data: Uint8Array): Uint8Array;
  /**
   * The one of the chain at hand, 32 bytes: by it are named its blocks and transactions, made the roots of lists, and linked the
   * nodes of its tries, as upstream has one for all of these. BLAKE2b-256 where nothing else was said (`withBlockHashing`).
   */
  blockHash(data: Uint8Array): Uint8Array;
  /** 32 bytes; metadata is hashed by it. */
  blake3(data: Uint8Array): Uint8Array;
}
