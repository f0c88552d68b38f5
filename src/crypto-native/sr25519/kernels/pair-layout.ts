/**
 * Two elements of the field of 2^255 - 19 side by side: ten signed limbs of 26 and 25 bits in turn, as in Bernstein's
 * `ref10`, limb i of the first element before limb i of the second, 32 bits each. A limb i weighs 2^ceil(25.5 i).
 */
export const LIMBS = 10;

/** Bytes from a limb to the next of the same element. */
export const LIMB_STRIDE = 8;

/** Bytes of one limb: so far the second element lies behind the first. */
export const LANE_STRIDE = 4;

/** Bytes of a pair. */
export const PAIR = LIMBS * LIMB_STRIDE;

/** Bytes of a point: a pair (X, Y) and a pair (T, Z), or what is made of them for additions. */
export const POINT = 2 * PAIR;

/** Bits of limb i. */
export const bitsOf = (limb: number): number => (limb % 2 === 0 ? 26 : 25);

/**
 * The limbs from which carries are taken after a product, in this order: two chains that run beside each other and end
 * where no limb is beyond 1.01 * 2^25 (even) or 2^24 (odd), from factors of up to 1.65 * 2^26 and 2^25. So sums of three
 * products may be multiplied again (`ref10`, fe_mul).
 */
export const CARRIES: readonly number[] = [0, 4, 1, 5, 2, 6, 3, 7, 4, 8, 9, 0];

/** 2^255 = 19 in the field: what is carried out of the last limb comes back as this. */
export const FOLD = 19;
