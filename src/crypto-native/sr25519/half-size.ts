import {GROUP_ORDER} from "./group-order.ts";

/** Bits of both numbers: the square root of the order has 126 and a half. */
export const HALF_BITS = 127;

const ENOUGH = 2 ** HALF_BITS;

/** Leading bits that a step looks at: quotients of sums of them are exact in a number's 53. */
const LEADING_BITS = 50;

/** `numerator` = k `denominator`, up to multiples of the order. */
export interface HalfSize {
  /** From 0 on. */
  readonly numerator: bigint;
  /** Not 0, and perhaps negative. */
  readonly denominator: bigint;
}

/**
 * A number below the order as a quotient of two of half its size: an equation multiplied by the denominator takes half as many
 * doublings (Antipa et al. 2005, "Accelerated Verification of ECDSA Signatures"). Euclid's algorithm stops half-way, and computes with
 * leading bits as long as these say what the quotients are (Lehmer 1938; Knuth, TAOCP 4.5.2, algorithm L).
 */
export function halfSize(k: bigint): HalfSize {
  // Of each pair a remainder and what it is k's multiple by.
  let [before, remainder] = [GROUP_ORDER, k];
  let [factorBefore, factor] = [0n, 1n];
  while (Number(remainder) >= ENOUGH) {
    const [a, b, c, d] = leadingSteps(before, remainder);
    if (b === 0) {
      const quotient = before / remainder;
      [before, remainder] = [remainder, before - quotient * remainder];
      [factorBefore, factor] = [factor, factorBefore - quotient * factor];
      continue;
    }
    const [p, q, r, s] = [BigInt(a), BigInt(b), BigInt(c), BigInt(d)];
    [before, remainder] = [p * before + q * remainder, r * before + s * remainder];
    [factorBefore, factor] = [p * factorBefore + q * factor, r * factorBefore + s * factor];
  }
  return {numerator: remainder, denominator: factor};
}

type Matrix = readonly [number, number, number, number];

/** As many steps of Euclid's as the leading bits are sure of, as what they make of both numbers; the second entry is 0 where of none. */
function leadingSteps(before: bigint, remainder: bigint): Matrix {
  const shift = Math.max(0, Math.floor(Math.log2(Number(before))) + 1 - LEADING_BITS);
  const bits = BigInt(shift);
  let [x, y] = [Number(before >> bits), Number(remainder >> bits)];
  // Nobody goes on below half of the size: what one number loses the other gains.
  const least = 2 ** (HALF_BITS - shift);
  let [a, b, c, d] = [1, 0, 0, 1];
  while (y >= least && y + c > 0 && y + d > 0) {
    const quotient = Math.floor((x + a) / (y + c));
    if (quotient !== Math.floor((x + b) / (y + d))) break;
    [a, c] = [c, a - quotient * c];
    [b, d] = [d, b - quotient * d];
    [x, y] = [y, x - quotient * y];
  }
  return [a, b, c, d];
}
