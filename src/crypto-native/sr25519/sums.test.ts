import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {Curve} from "./curve.ts";
import {GROUP_ORDER, SCALAR_BITS, wordsOf} from "./group-order.ts";
import {POINT} from "./kernels/pair-layout.ts";
import {BUCKETS, pippengerSum, type Row} from "./pippenger.ts";
import {multiplesFor, strausSum, writeMultiples} from "./straus.ts";
import {FORMS, kernelsOf} from "./test-kit/forms.ts";
import {type EdwardsPoint, Point, pointOf, readPoint, writePoint} from "./test-kit/points.ts";

const MOST = 300;
/** Of forms, in turn; the widest has digits of all bits of a byte. */
const WIDTHS = [4, 5, 8];
const MOST_MULTIPLES = multiplesFor(8);
const NARROW_BITS = 128;

/** All within a group of prime order, so that a sum of numbers says what the sum of points is. */
const numbers = fc.oneof(
  fc.constantFrom(0n, 1n, GROUP_ORDER - 1n, 2n ** 127n, 2n ** 252n),
  fc.bigInt({min: 0n, max: GROUP_ORDER - 1n}),
);
const narrow = numbers.map(number => BigInt.asUintN(NARROW_BITS, number));
const points = fc.bigInt({min: 0n, max: GROUP_ORDER - 1n});
const terms = (most: number) =>
  fc.tuple(
    fc.array(fc.tuple(points, numbers), {minLength: 1, maxLength: most, size: "max"}),
    fc.array(fc.tuple(points, narrow), {maxLength: most, size: "max"}),
  );

function expectedSum(all: readonly (readonly [bigint, bigint])[]): EdwardsPoint {
  const sum = all.reduce((total, [point, number]) => total + point * number, 0n) % GROUP_ORDER;
  return sum === 0n ? Point.ZERO : Point.BASE.multiply(sum);
}

for (const form of FORMS) {
  const curve = new Curve(kernelsOf(form));
  const [sum, scratch] = [curve.takePoints(1), curve.takePoints(2)];
  const [given, prepared] = [curve.takePoints(2 * MOST), curve.takePoints(2 * MOST)];
  const work = curve.takePoints(Math.max(BUCKETS, 2 * 20 * MOST_MULTIPLES));

  test(`${form}: Straus's sum is that of points times numbers`, () => {
    fc.assert(
      fc.property(terms(20), ([wide, others]) => {
        const all = [...wide, ...others];
        const prepareds = all.map(([point, number], i) => {
          const width = WIDTHS[i % WIDTHS.length]!;
          const multiples = work + POINT * MOST_MULTIPLES * i;
          writePoint(curve, given, pointOf(point));
          writeMultiples(curve, given, multiples, multiplesFor(width), scratch);
          return {multiples, scalar: wordsOf(number), width, isNegative: i % 2 === 1};
        });
        strausSum(curve, prepareds, sum);
        const signed = all.map(
          ([point, number], i) => [point, i % 2 === 1 ? GROUP_ORDER - number : number] as const,
        );
        assert.ok(readPoint(curve, sum).equals(expectedSum(signed)));
      }),
      {numRuns: 40},
    );
  });

  test(`${form}: Pippenger's sum is that of points times numbers, whatever their count`, () => {
    fc.assert(
      fc.property(terms(MOST), ([wide, others]) => {
        const row = (list: typeof wide, first: number, bits: number): Row => {
          const at = (base: number, i: number) => base + POINT * (first + i);
          list.forEach(([point], i) => {
            writePoint(curve, at(given, i), pointOf(point));
            curve.kernels.prepare(at(prepared, i), at(given, i));
          });
          const scalars = list.map(([, number]) => wordsOf(number));
          return {points: at(given, 0), prepared: at(prepared, 0), scalars, bits};
        };
        const rows = [row(wide, 0, SCALAR_BITS), row(others, MOST, NARROW_BITS)];
        pippengerSum(curve, rows, {buckets: work, scratch}, sum);
        assert.ok(readPoint(curve, sum).equals(expectedSum([...wide, ...others])));
      }),
      {numRuns: 15},
    );
  });
}
