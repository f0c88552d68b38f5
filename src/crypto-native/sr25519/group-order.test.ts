import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {
  FORM_DIGITS,
  GROUP_ORDER,
  littleEndian,
  nonAdjacentForm,
  signedDigits,
  wordsOf,
} from "./group-order.ts";

const scalars = fc.oneof(
  fc.constantFrom(0n, 1n, GROUP_ORDER - 1n, GROUP_ORDER, 2n ** 252n, 2n ** 252n - 1n),
  fc.bigInt({min: 0n, max: GROUP_ORDER}),
);

test("the digits of a non-adjacent form are odd, small and apart, and their sum is the number", () => {
  fc.assert(
    fc.property(scalars, fc.integer({min: 2, max: 8}), (scalar, width) => {
      let [sum, last] = [0n, -width];
      nonAdjacentForm(wordsOf(scalar), width, (at, digit) => {
        assert.ok(digit % 2 !== 0 && Math.abs(digit) < 2 ** (width - 1));
        assert.ok(at >= last + width && at < FORM_DIGITS);
        last = at;
        sum += BigInt(digit) << BigInt(at);
      });
      assert.equal(sum, scalar);
    }),
    {numRuns: 1_000},
  );
});

test("signed digits are at most half of their base, and their sum is the number", () => {
  const cases = fc.tuple(
    fc.oneof(
      scalars.map(scalar => [scalar, 253] as const),
      fc.bigInt({min: 0n, max: 2n ** 128n - 1n}).map(scalar => [scalar, 128] as const),
      fc.constant([2n ** 128n - 1n, 128] as const),
    ),
    fc.integer({min: 4, max: 9}),
  );
  fc.assert(
    fc.property(cases, ([[scalar, width], bits]) => {
      let sum = 0n;
      signedDigits(wordsOf(scalar), bits, Math.ceil((width + 1) / bits), (window, digit) => {
        assert.ok(Math.abs(digit) <= 2 ** (bits - 1));
        sum += BigInt(digit) << BigInt(bits * window);
      });
      assert.equal(sum, scalar);
    }),
    {numRuns: 2_000},
  );
});

test("bytes are read low first, wherever they lie in their buffer", () => {
  const buffer = Uint8Array.of(9, 1, 2, 0, 0, 0, 0, 0, 3, 9);
  assert.equal(littleEndian(buffer.subarray(1, 9)), 0x0300_0000_0000_0201n);
});
