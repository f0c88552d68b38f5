import {bitsOf, LIMBS, PAIR} from "./pair-layout.ts";

/** 2^255 - 19. */
export const FIELD_PRIME = 2n ** 255n - 19n;

/** Two numbers as a pair in memory: limbs that are not negative, 26 and 25 bits. */
export function pairOfConstants(first: bigint, second: bigint): Uint8Array<ArrayBuffer> {
  const limbs = new Int32Array(PAIR / 4);
  [first, second].forEach((value, lane) => {
    let rest = ((value % FIELD_PRIME) + FIELD_PRIME) % FIELD_PRIME;
    for (let i = 0; i < LIMBS; i++) {
      const bits = BigInt(bitsOf(i));
      limbs[2 * i + lane] = Number(BigInt.asUintN(Number(bits), rest));
      rest >>= bits;
    }
  });
  return new Uint8Array(limbs.buffer);
}
