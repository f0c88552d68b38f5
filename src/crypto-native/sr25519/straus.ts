import {invariant} from "#base";
import type {Curve} from "./curve.ts";
import {FORM_DIGITS, nonAdjacentForm} from "./group-order.ts";
import {POINT} from "./kernels/pair-layout.ts";
import {FREE_TERMS} from "./kernels/write-module.ts";

/** A point times a number. */
export interface Term {
  /** Where the point's odd multiples are, prepared. */
  readonly multiples: number;
  /** Words of 32 bits, low first. */
  readonly scalar: Uint32Array;
  /** Of the number's non-adjacent form. */
  readonly width: number;
  /** Whether it is taken away. */
  readonly isNegative?: boolean;
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

/** The sum of all terms, at most `FREE_TERMS`: doublings are shared (Straus 1964), so it suits few of them. */
export function strausSum(curve: Curve, terms: readonly Term[], sum: number): void {
  const {kernels, bytes} = curve;
  const count = terms.length;
  invariant(count <= FREE_TERMS, `${count} terms`);
  const digits = new Int8Array(bytes.buffer, kernels.terms(), FORM_DIGITS * count);
  const places = new Int32Array(bytes.buffer, kernels.places(), count);
  digits.fill(0);
  let rows = 0;
  for (let i = 0; i < count; i++) {
    const {multiples, scalar, width, isNegative} = terms[i]!;
    places[i] = multiples;
    const sign = isNegative === true ? -1 : 1;
    nonAdjacentForm(scalar, width, (at, digit) => {
      digits[at * count + i] = sign * digit;
      if (at >= rows) rows = at + 1;
    });
  }
  curve.setNeutral(sum);
  kernels.addMultiples(kernels.terms(), rows, count, kernels.places(), sum);
}
