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
const countOfDigits = (numberBits: number, bits: number): number =>
  Math.ceil((numberBits + 1) / bits);

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

/** Numbers of one width, and where their points are, beside each other: as such, and prepared. */
export interface Row {
  readonly points: number;
  readonly prepared: number;
  /** Words of 32 bits, low first. */
  readonly scalars: readonly Uint32Array[];
  readonly bits: number;
}

export interface PippengerPlaces {
  /** `BUCKETS` points. */
  readonly buckets: number;
  /** Two points. */
  readonly scratch: number;
}

/** A row and its digits, those of one power beside each other. */
interface RowDigits {
  readonly row: Row;
  readonly count: number;
  readonly windows: number;
  readonly digits: Int16Array;
}

/** The sum of points times numbers (Pippenger 1976, with signed digits), for many of them. */
export function pippengerSum(
  curve: Curve,
  rows: readonly Row[],
  {buckets, scratch}: PippengerPlaces,
  sum: number,
): void {
  const bits = bestBits(rows.map(row => ({count: row.scalars.length, bits: row.bits})));
  const digitRows = rows.map(row => digitsOf(row, bits));
  const {kernels, bytes} = curve;
  const [digits, marks] = [kernels.digits(), kernels.marks()];
  const digitsThere = new Int16Array(bytes.buffer, digits);
  const used = bytes.subarray(marks, marks + 2 ** (bits - 1) + 1);
  curve.setNeutral(sum);
  for (let window = countOfDigits(SCALAR_BITS, bits) - 1; window >= 0; window--) {
    for (let i = 0; i < bits; i++) kernels.double(sum, sum);
    used.fill(0);
    for (const {row, count, windows, digits: all} of digitRows) {
      if (window >= windows) continue;
      digitsThere.set(all.subarray(window * count, (window + 1) * count));
      kernels.fillBuckets(digits, count, row.points, row.prepared, buckets, marks);
    }
    collect(curve, buckets, used, scratch, sum);
  }
}

function digitsOf(row: Row, bits: number): RowDigits {
  const count = row.scalars.length;
  const windows = countOfDigits(row.bits, bits);
  const digits = new Int16Array(windows * count);
  row.scalars.forEach((scalar, i) => {
    signedDigits(scalar, bits, windows, (window, digit) => {
      digits[window * count + i] = digit;
    });
  });
  return {row, count, windows, digits};
}

/** Adds Σ value · bucket: each bucket is part of the running sum from its value down to 1. */
function collect(
  {kernels: {add, copy, prepare}}: Curve,
  buckets: number,
  used: Uint8Array,
  scratch: number,
  sum: number,
): void {
  const [running, prepared] = [scratch, scratch + POINT];
  let begun = false;
  for (let value = used.length - 1; value > 0; value--) {
    if (used[value] === 1) {
      const bucket = buckets + POINT * (value - 1);
      if (begun) {
        prepare(prepared, bucket);
        add(running, running, prepared);
      } else copy(running, bucket);
      begun = true;
    }
    if (!begun) continue;
    prepare(prepared, running);
    add(sum, sum, prepared);
  }
}
