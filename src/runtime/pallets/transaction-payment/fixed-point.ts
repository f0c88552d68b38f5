/** Fixed point with 18 decimals over u128, as upstream's `FixedU128`. */
export const ONE = 1_000_000_000_000_000_000n;

/** Division that rounds to the nearest, and down from exactly the middle. */
export function divideRoundHalfDown(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return (numerator % denominator) * 2n > denominator ? quotient + 1n : quotient;
}
