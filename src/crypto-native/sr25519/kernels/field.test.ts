import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {FORMS, kernelsOf} from "../test-kit/forms.ts";
import {elementAt} from "../test-kit/points.ts";
import {FIELD_PRIME} from "./pair-bytes.ts";
import {LIMBS, PAIR} from "./pair-layout.ts";

/** The widest limbs that `ref10` lets into a product, and the widest that may come out (fe_mul's bounds). */
const WIDEST_IN = [1.65 * 2 ** 26, 1.65 * 2 ** 25] as const;
const WIDEST_OUT = [1.01 * 2 ** 25, 1.01 * 2 ** 24] as const;

/** Limbs at their bounds as often as within them. */
const limb = (index: number) => {
  const most = Math.floor(WIDEST_IN[(index % 2) as 0 | 1]);
  return fc.oneof(
    fc.constantFrom(most, -most, 0, 1, -1, most - 1, 1 - most),
    fc.integer({min: -most, max: most}),
  );
};
const pairs = fc.tuple(
  ...Array.from({length: 2 * LIMBS}, (_, i) => limb(Math.floor(i / 2))),
) as unknown as fc.Arbitrary<number[]>;

for (const form of FORMS) {
  const kernels = kernelsOf(form);
  const limbs = new Int32Array(kernels.memory.buffer);
  const [a, b, out] = [0, 1, 2].map(i => kernels.pairs() + PAIR * i) as [number, number, number];
  const assertNarrow = () => {
    for (let i = 0; i < 2 * LIMBS; i++) {
      const most = WIDEST_OUT[((i >> 1) % 2) as 0 | 1];
      assert.ok(Math.abs(limbs[out / 4 + i]!) <= most, `limb ${i}: ${limbs[out / 4 + i]}`);
    }
  };

  test(`${form}: products and squares of pairs are those of big numbers, at the widest limbs too`, () => {
    fc.assert(
      fc.property(pairs, pairs, (left, right) => {
        limbs.set(left, a / 4);
        limbs.set(right, b / 4);
        const [factors, others] = [a, b].map(pair =>
          ([0, 1] as const).map(lane => elementAt(limbs, pair, lane)),
        );
        kernels.multiply(out, a, b);
        assertNarrow();
        for (const lane of [0, 1] as const) {
          const expected = (factors![lane]! * others![lane]!) % FIELD_PRIME;
          assert.equal(elementAt(limbs, out, lane), expected);
        }
        for (const [square, doubled] of [
          [kernels.square, 1n],
          [kernels.squareDoublingSecond, 2n],
        ] as const) {
          square(out, a);
          assertNarrow();
          assert.equal(elementAt(limbs, out, 0), factors![0]! ** 2n % FIELD_PRIME);
          assert.equal(elementAt(limbs, out, 1), (doubled * factors![1]! ** 2n) % FIELD_PRIME);
        }
      }),
      {numRuns: Number(process.env.SR25519_LIMBS ?? 3_000)},
    );
  });

  test(`${form}: all limbs at one bound at once`, () => {
    for (const [left, right] of [
      [1, 1],
      [1, -1],
      [-1, -1],
    ] as const) {
      for (let i = 0; i < 2 * LIMBS; i++) {
        const most = Math.floor(WIDEST_IN[((i >> 1) % 2) as 0 | 1]);
        limbs[a / 4 + i] = left * most;
        limbs[b / 4 + i] = right * most;
      }
      kernels.multiply(out, a, b);
      assertNarrow();
      const expected = (elementAt(limbs, a, 0) * elementAt(limbs, b, 0)) % FIELD_PRIME;
      assert.equal(elementAt(limbs, out, 0), expected);
      assert.equal(elementAt(limbs, out, 1), expected);
    }
  });

  test(`${form}: a result may lie where its arguments do, and squares follow each other`, () => {
    limbs.set(
      Array.from({length: 2 * LIMBS}, (_, i) => 1_000_003 * (i + 1)),
      a / 4,
    );
    const before = elementAt(limbs, a, 1);
    kernels.squareTimes(out, a, 5);
    assert.equal(elementAt(limbs, out, 1), power(before, 32n));
    kernels.multiply(out, out, out);
    assert.equal(elementAt(limbs, out, 1), power(before, 64n));
    kernels.multiply(a, a, a);
    assert.equal(elementAt(limbs, a, 1), power(before, 2n));
  });
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let i = 0n; i < exponent; i++) result = (result * base) % FIELD_PRIME;
  return result;
}
