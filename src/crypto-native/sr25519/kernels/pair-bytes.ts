import {bitsOf, FOLD, LIMBS, PAIR} from "./pair-layout.ts";

/** 2^255 - 19. */
export const FIELD_PRIME = 2n ** 255n - 19n;

const belowPrime = (value: bigint): bigint => ((value % FIELD_PRIME) + FIELD_PRIME) % FIELD_PRIME;

/** A number's only limbs that are not negative, of 26 and 25 bits, and below the prime together. */
export function canonicalLimbs(value: bigint): Int32Array {
  let rest = belowPrime(value);
  return Int32Array.from({length: LIMBS}, (_, i) => {
    const limb = BigInt.asUintN(bitsOf(i), rest);
    rest >>= BigInt(bitsOf(i));
    return Number(limb);
  });
}

/** Two numbers as a pair in memory, in limbs as narrow as a product's: sums of them may be multiplied. */
export function pairBytes(first: bigint, second: bigint): Uint8Array<ArrayBuffer> {
  const limbs = new Int32Array(PAIR / 4);
  [first, second].forEach((value, lane) => {
    let carried = 0;
    canonicalLimbs(value).forEach((limb, i) => {
      const whole = limb + carried;
      carried = whole >= 2 ** (bitsOf(i) - 1) ? 1 : 0;
      limbs[2 * i + lane] = whole - carried * 2 ** bitsOf(i);
    });
    limbs[lane]! += FOLD * carried;
  });
  return new Uint8Array(limbs.buffer);
}
