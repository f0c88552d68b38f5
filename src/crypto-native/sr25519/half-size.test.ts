import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {GROUP_ORDER} from "./group-order.ts";
import {HALF_BITS, halfSize} from "./half-size.ts";

/** Where quotients are large, or the first remainder is near half of the size. */
const SHARP = [
  0n,
  1n,
  2n,
  GROUP_ORDER - 1n,
  GROUP_ORDER / 2n,
  GROUP_ORDER / 3n + 1n,
  ...[125n, 126n, 127n, 128n, 200n, 252n].flatMap(bits => [
    2n ** bits - 1n,
    2n ** bits,
    2n ** bits + 1n,
  ]),
];

const numbers = fc.oneof(
  fc.constantFrom(...SHARP),
  fc.bigInt({min: 0n, max: GROUP_ORDER - 1n}),
  fc.integer({min: 0, max: 252}).chain(bits => fc.bigInt({min: 0n, max: 2n ** BigInt(bits)})),
  // Inverses of small numbers, and their neighbours: quotients of half the size at once.
  fc.bigInt({min: 1n, max: 2n ** 60n}).map(small => GROUP_ORDER / small),
);

test("a number is a quotient of two of half its size", () => {
  fc.assert(
    fc.property(numbers, k => {
      const {numerator, denominator} = halfSize(k);
      assert.equal((numerator - k * denominator) % GROUP_ORDER, 0n);
      assert.ok(numerator >= 0n && numerator < 2n ** BigInt(HALF_BITS));
      const size = denominator < 0n ? -denominator : denominator;
      assert.ok(size > 0n && size < 2n ** BigInt(HALF_BITS));
    }),
    {numRuns: 5_000, examples: SHARP.map(k => [k])},
  );
});
