/** The primes of XXH32. */
const P1 = 0x9e3779b1;
const P2 = 0x85ebca77;
const P3 = 0xc2b2ae3d;
const P4 = 0x27d4eb2f;
const P5 = 0x165667b1;

const {imul} = Math;
const rotl = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

let lastBytes: Uint8Array = new Uint8Array(0);
let lastView = new DataView(lastBytes.buffer);

/** Reads words of an array at once. Mostly the same one is asked for again: the memory in which the database lends. */
export function wordsOf(bytes: Uint8Array): DataView {
  if (bytes !== lastBytes) {
    lastBytes = bytes;
    lastView = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  return lastView;
}

const round = (lane: number, input: number): number =>
  imul(rotl((lane + imul(input, P2)) | 0, 13), P1);

/**
 * XXH32 of the bytes from `from` to `to`, as its specification has it (github.com/Cyan4973/xxHash, doc/xxhash_spec.md): not safe
 * against whoever means to deceive, but every step of it can be undone, so damage within four bytes that lie together at a
 * multiple of four is always noticed, and any other but for one in four thousand million.
 */
export function checksum(bytes: Uint8Array, from: number, to: number, seed = 0): number {
  const words = wordsOf(bytes);
  let at = from;
  let hash: number;
  if (to - from >= 16) {
    let a = (seed + P1 + P2) | 0;
    let b = (seed + P2) | 0;
    let c = seed | 0;
    let d = (seed - P1) | 0;
    for (; at + 16 <= to; at += 16) {
      a = round(a, words.getInt32(at, true));
      b = round(b, words.getInt32(at + 4, true));
      c = round(c, words.getInt32(at + 8, true));
      d = round(d, words.getInt32(at + 12, true));
    }
    hash = (rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18)) | 0;
  } else {
    hash = (seed + P5) | 0;
  }
  hash = (hash + (to - from)) | 0;
  for (; at + 4 <= to; at += 4) {
    hash = imul(rotl((hash + imul(words.getInt32(at, true), P3)) | 0, 17), P4);
  }
  for (; at < to; at++) hash = imul(rotl((hash + imul(bytes[at]!, P5)) | 0, 11), P1);
  hash = imul(hash ^ (hash >>> 15), P2);
  hash = imul(hash ^ (hash >>> 13), P3);
  return (hash ^ (hash >>> 16)) >>> 0;
}
