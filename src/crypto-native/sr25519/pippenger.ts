import type {Curve} from "./curve.ts";
import {SCALAR_BITS, signedDigits} from "./group-order.ts";
import {POINT} from "./kernels/pair-layout.ts";

/** Bits of a digit, from the fewest that are worth it to the most that memory is kept for. */
const LEAST_BITS = 4;
const MOST_BITS = 9;

/** Sums by digit at the same time: one for each absolute value. */
export const BUCKETS = 2 ** (MOST_BITS - 1);

/** What collecting a bucket costs beside adding a point to one: two additions, and as often a preparation. */
const COST_OF_BUCKET = 2.5;

/** How many digits a number has; one bit more, since the highest digit may be carried out of. */
const countOfDigits = (numberBits: number, bits: number): number => Math.ceil((numberBits + 1) / bits);

/** Bits of a digit that make the sum of so many points quickest, with numbers of these widths. */
function bestBits(widths: readonly {count: number; bits: number}[]): number {
  const cost = (bits: number): number => {
    const additions = widths.map(each => each.count * countOfDigits(each.bits, bits));
    const collected = countOfDigits(SCALAR_BITS, bits) * 2 ** (bits - 1) * COST_OF_BUCKET;
    return additions.reduce((sum, each) => sum + each, collected);
  };
  let best = LEAST_BITS;
  for (let bits = best + 1; bits <= MOST_BITS; bits++) if (cost(bits) < cost(best)) best = bits;
  return best;
}

/** Numbers of one width and the address of the first of their points, which are prepared and lie beside each other. */
export interface Row {
  readonly points: number;
  /** Words of 32 bits, low first. */
  readonly scalars: readonly Uint32Array[];
  readonly bits: number;
}

export interface PippengerPlaces {
  /** `BUCKETS` points. */
  readonly buckets: number;
  /** Three points. */
  readonly scratch: number;
}

/** The sum of points times numbers (Pippenger 1976, with signed digits), for many of them. */
export function pippengerSum(
  curve: Curve,
  rows: readonly Row[],
  {buckets, scratch}: PippengerPlaces,
  sum: number,
): void {
  const {add, subtract, double, prepare} = curve.kernels;
  const bits = bestBits(rows.map(row => ({count: row.scalars.length, bits: row.bits})));
  const used = new Uint8Array(2 ** (bits - 1) + 1);
  const digitRows = rows.map(({scalars, bits: width, points}) => {
    const windows = countOfDigits(width, bits);
    const digits = new Int16Array(windows * scalars.length);
    scalars.forEach((scalar, i) => {
      signedDigits(scalar, bits, digits.subarray(i * windows, (i + 1) * windows));
    });
    return {points, digits, windows, count: scalars.length};
  });
  curve.setNeutral(sum);
  for (let window = Math.max(...digitRows.map(row => row.windows)) - 1; window >= 0; window--) {
    for (let i = 0; i < bits; i++) double(sum, sum);
    used.fill(0);
    for (const {points, digits, windows, count} of digitRows) {
      if (window >= windows) continue;
      for (let i = 0; i < count; i++) {
        const digit = digits[i * windows + window]!;
        if (digit === 0) continue;
        const value = Math.abs(digit);
        const bucket = buckets + POINT * (value - 1);
        if (used[value] === 0) {
          used[value] = 1;
          curve.setNeutral(bucket);
        }
        if (digit > 0) add(bucket, bucket, points + POINT * i);
        else subtract(bucket, bucket, points + POINT * i);
      }
    }
    // Σ value · bucket: each bucket is part of the running sum from its value down to 1.
    const [running, prepared] = [scratch, scratch + POINT];
    curve.setNeutral(running);
    let begun = false;
    for (let value = used.length - 1; value > 0; value--) {
      if (used[value] === 1) {
        prepare(prepared, buckets + POINT * (value - 1));
        add(running, running, prepared);
        begun = true;
      }
      if (!begun) continue;
      prepare(prepared, running);
      add(sum, sum, prepared);
    }
  }
}
