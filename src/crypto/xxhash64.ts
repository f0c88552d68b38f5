/**
 * xxHash64 with 64-bit BigInts: short and plain. Storage prefixes are hashed once each and the fast hasher of
 * `crypto-native` serves the hot path, so speed does not matter here.
 */
const MASK = 2n ** 64n - 1n;

/** The five primes of the xxHash specification. */
const PRIME_1 = 0x9e3779b185ebca87n;
const PRIME_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME_3 = 0x165667b19e3779f9n;
const PRIME_4 = 0x85ebca77c2b2ae63n;
const PRIME_5 = 0x27d4eb2f165667c5n;

const add = (a: bigint, b: bigint): bigint => (a + b) & MASK;
const multiply = (a: bigint, b: bigint): bigint => (a * b) & MASK;
const rotate = (value: bigint, bits: bigint): bigint =>
  ((value << bits) & MASK) | (value >> (64n - bits));

const round = (lane: bigint, input: bigint): bigint =>
  multiply(rotate(add(lane, multiply(input, PRIME_2)), 31n), PRIME_1);

const merge = (hash: bigint, lane: bigint): bigint =>
  add(multiply(hash ^ round(0n, lane), PRIME_1), PRIME_4);

export function xxhash64(data: Uint8Array, seed: bigint): bigint {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let offset = 0;
  let hash = add(seed, PRIME_5);
  if (data.length >= 32) {
    const lanes: [bigint, bigint, bigint, bigint] = [
      add(add(seed, PRIME_1), PRIME_2),
      add(seed, PRIME_2),
      seed,
      (seed - PRIME_1) & MASK,
    ];
    for (; offset + 32 <= data.length; offset += 32) {
      for (let lane = 0; lane < 4; lane++) {
        lanes[lane] = round(lanes[lane]!, view.getBigUint64(offset + lane * 8, true));
      }
    }
    const [a, b, c, d] = lanes;
    hash = add(add(rotate(a, 1n), rotate(b, 7n)), add(rotate(c, 12n), rotate(d, 18n)));
    for (const lane of lanes) hash = merge(hash, lane);
  }
  hash = add(hash, BigInt(data.length));
  for (; offset + 8 <= data.length; offset += 8) {
    hash ^= round(0n, view.getBigUint64(offset, true));
    hash = add(multiply(rotate(hash, 27n), PRIME_1), PRIME_4);
  }
  if (offset + 4 <= data.length) {
    hash ^= multiply(BigInt(view.getUint32(offset, true)), PRIME_1);
    hash = add(multiply(rotate(hash, 23n), PRIME_2), PRIME_3);
    offset += 4;
  }
  for (; offset < data.length; offset++) {
    hash ^= multiply(BigInt(data[offset]!), PRIME_5);
    hash = multiply(rotate(hash, 11n), PRIME_1);
  }
  return avalanche(hash);
}

function avalanche(hash: bigint): bigint {
  let mixed = multiply(hash ^ (hash >> 33n), PRIME_2);
  mixed = multiply(mixed ^ (mixed >> 29n), PRIME_3);
  return mixed ^ (mixed >> 32n);
}
