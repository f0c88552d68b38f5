import type {Curve} from "./curve.ts";
import {FORM_DIGITS, nonAdjacentForm} from "./group-order.ts";
import {POINT} from "./kernels/pair-layout.ts";

/** A point times a number. */
export interface Term {
  /** Where the point's odd multiples are, prepared. */
  readonly multiples: number;
  /** Words of 32 bits, low first. */
  readonly scalar: Uint32Array;
  /** Of the number's non-adjacent form. */
  readonly width: number;
}

/** How many odd multiples the digits of a form of this width ask for. */
export const multiplesFor = (width: number): number => 1 << (width - 2);

/** Writes P, 3P, 5P … prepared; `scratch` are two points. */
export function writeMultiples(
  {kernels}: Curve,
  point: number,
  to: number,
  count: number,
  scratch: number,
): void {
  kernels.prepare(to, point);
  if (count === 1) return;
  const [twice, sum] = [scratch + POINT, scratch];
  kernels.double(sum, point);
  kernels.prepare(twice, sum);
  kernels.add(sum, point, twice);
  for (let i = 1; ; i++) {
    kernels.prepare(to + POINT * i, sum);
    if (i + 1 === count) return;
    kernels.add(sum, sum, twice);
  }
}

/** The sum of all terms: doublings are shared (Straus 1964), so it suits few of them. */
export function strausSum(curve: Curve, terms: readonly Term[], sum: number): void {
  const {add, subtract, double} = curve.kernels;
  const count = terms.length;
  const digits = new Int8Array(FORM_DIGITS * count);
  const places = Int32Array.from(terms, ({multiples}) => multiples);
  let highest = 0;
  terms.forEach(({scalar, width}, i) => {
    nonAdjacentForm(scalar, width, (at, digit) => {
      digits[at * count + i] = digit;
      if (at > highest) highest = at;
    });
  });
  curve.setNeutral(sum);
  for (let bit = highest; bit >= 0; bit--) {
    double(sum, sum);
    const row = bit * count;
    for (let i = 0; i < count; i++) {
      const digit = digits[row + i]!;
      if (digit === 0) continue;
      if (digit > 0) add(sum, sum, places[i]! + POINT * (digit >> 1));
      else subtract(sum, sum, places[i]! + POINT * (-digit >> 1));
    }
  }
}
