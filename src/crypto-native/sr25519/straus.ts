import type {Curve} from "./curve.ts";
import {POINT} from "./kernels/pair-layout.ts";

/** A point times a number: where its odd multiples are, prepared, and the digits of the number. */
export interface Term {
  readonly multiples: number;
  readonly digits: Int8Array;
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
  curve.setNeutral(sum);
  let bit = Math.max(0, ...terms.map(({digits}) => digits.findLastIndex(digit => digit !== 0)));
  for (; bit >= 0; bit--) {
    double(sum, sum);
    for (let i = 0; i < terms.length; i++) {
      const {multiples, digits} = terms[i]!;
      const digit = digits[bit]!;
      if (digit > 0) add(sum, sum, multiples + POINT * (digit >> 1));
      else if (digit < 0) subtract(sum, sum, multiples + POINT * (-digit >> 1));
    }
  }
}
