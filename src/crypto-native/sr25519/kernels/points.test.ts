import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {Curve} from "../curve.ts";
import {FORMS, kernelsOf} from "../test-kit/forms.ts";
import {type EdwardsPoint, Point, pointOf, readPoint, writePoint} from "../test-kit/points.ts";
import {POINT} from "./pair-layout.ts";

const numbers = fc.oneof(fc.constantFrom(0n, 1n, 2n), fc.bigInt({min: 1n, max: 2n ** 252n}));
/** A point of order eight (RFC 8032's curve has a cofactor), which ristretto255 takes for the neutral one in part. */
const SMALL = Point.fromHex(
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  true,
);

for (const form of FORMS) {
  const curve = new Curve(kernelsOf(form));
  const {kernels} = curve;
  const places = curve.takePoints(4);
  const [left, right, prepared, out] = [0, 1, 2, 3].map(i => places + POINT * i) as [
    number,
    number,
    number,
    number,
  ];
  const assertPoint = (at: number, expected: EdwardsPoint) =>
    assert.ok(readPoint(curve, at).equals(expected));

  test(`${form}: sums, differences and doubles are those of the curve, for equal and neutral points too`, () => {
    fc.assert(
      fc.property(numbers, numbers, fc.nat(4), (one, other, small) => {
        const [p, anything] = [pointOf(one), pointOf(other)];
        const q = [anything, p, p.negate(), anything.add(SMALL), SMALL][small]!;
        writePoint(curve, left, p);
        writePoint(curve, right, q);
        kernels.prepare(prepared, right);
        kernels.add(out, left, prepared);
        assertPoint(out, p.add(q));
        kernels.subtract(out, left, prepared);
        assertPoint(out, p.subtract(q));
        kernels.double(out, right);
        assertPoint(out, q.double());
        kernels.negate(out, right);
        assertPoint(out, q.negate());
        kernels.copy(out, right);
        assertPoint(out, q);
      }),
      {numRuns: 200},
    );
  });

  test(`${form}: long ways of sums stay on the curve, in place`, () => {
    let expected = pointOf(5n);
    writePoint(curve, left, expected);
    writePoint(curve, right, pointOf(7n));
    kernels.prepare(prepared, right);
    for (let i = 0; i < 300; i++) {
      kernels.double(left, left);
      kernels.add(left, left, prepared);
      kernels.subtract(left, left, prepared);
      kernels.add(left, left, prepared);
      expected = expected.double().add(pointOf(7n));
    }
    assertPoint(left, expected);
  });

  test(`${form}: the four points of X = 0 or Y = 0 are neutral in ristretto255, and no others`, () => {
    const fourth = SMALL.double();
    for (const point of [Point.ZERO, fourth, fourth.double(), fourth.negate()]) {
      writePoint(curve, left, point);
      assert.ok(curve.isNeutral(left));
    }
    for (const point of [SMALL, pointOf(1n), pointOf(3n).add(fourth)]) {
      writePoint(curve, left, point);
      assert.ok(!curve.isNeutral(left));
    }
    curve.setNeutral(left);
    assertPoint(left, Point.ZERO);
  });

  test(`${form}: memory to which no point was written makes no sum neutral`, () => {
    const fresh = new Curve(kernelsOf(form));
    const [sum, nothing, prepared] = [
      fresh.takePoints(1),
      fresh.takePoints(1),
      fresh.takePoints(1),
    ];
    fresh.kernels.prepare(prepared, nothing);
    writePoint(fresh, sum, pointOf(5n));
    fresh.kernels.add(sum, sum, prepared);
    assert.ok(!fresh.isNeutral(nothing) && !fresh.isNeutral(sum));
  });
}
