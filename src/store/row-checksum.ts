/** Bytes of a checksum. */
export const CHECKSUM = 4;

/** Constants of MurmurHash3's 32-bit variant (Austin Appleby, public domain). */
const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/**
 * MurmurHash3 (x86, 32 bits) of some bytes, from the hash of what came before on. Each step is a bijection of what went into it, so a
 * single changed word of four bytes never gives the same; more damage than that goes unnoticed once in four thousand million.
 * Not against anybody who wants to be taken for true: what others send goes by its hash.
 */
export function checksum(bytes: Uint8Array, seed = 0): number {
  let hash = seed;
  const whole = bytes.length & ~3;
  for (let at = 0; at < whole; at += 4) {
    const word =
      bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash ^= scrambled(word);
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let at = bytes.length - 1; at >= whole; at--) rest = (rest << 8) | bytes[at]!;
  hash ^= scrambled(rest);
  return finished(hash ^ bytes.length);
}

function scrambled(word: number): number {
  const once = Math.imul(word, C1);
  return Math.imul((once << 15) | (once >>> 17), C2);
}

function finished(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
