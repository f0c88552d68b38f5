/** BLAKE2b-256 on Substrate's chains, Keccak-256 on some. 32 bytes, a fresh array. */
export type HashFunction = (data: Uint8Array) => Uint8Array;
