import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {MAX_U128} from "#codec";
import {weightOf} from "#primitives";
import {ONE} from "./fixed-point.ts";
import {nextMultiplier} from "./multiplier.ts";

/** Khala's: a quarter full is the target (spec/pallets §2). */
const KHALA = {targetPpm: 250_000n, variability: 10n ** 13n, minimum: 10n ** 9n};
const LIMIT = weightOf(375_000_000_000n, 3_932_160n);

const next = (from: bigint, refTime: bigint, proofSize = 0n) =>
  nextMultiplier(from, weightOf(refTime, proofSize), LIMIT, KHALA);

test("empty blocks make weight cheaper, step by step", () => {
  const steps = [ONE];
  for (let i = 0; i < 3; i++) steps.push(next(steps.at(-1)!, 0n));
  assert.deepEqual(steps.slice(1), [
    999_997_500_003_125_000n,
    999_995_000_012_499_985n,
    999_992_500_028_124_939n,
  ]);
});

test("a full block makes weight dearer, by time or by proof", () => {
  assert.equal(next(ONE, LIMIT.refTime), 1_000_007_500_028_125_000n);
  assert.equal(next(ONE, 0n, LIMIT.proofSize), 1_000_007_500_028_125_000n);
  assert.equal(next(ONE, 2n * LIMIT.refTime), 1_000_007_500_028_125_000n, "more counts as full");
});

test("a block at the target leaves the price", () => {
  assert.equal(next(ONE, LIMIT.refTime / 4n), ONE);
});

test("the price has a floor and a ceiling", () => {
  assert.equal(next(1n, 0n), KHALA.minimum);
  assert.equal(next(MAX_U128, LIMIT.refTime), MAX_U128);
});

test("the fuller the block, the dearer the next", () => {
  const part = fc.bigInt({min: 0n, max: LIMIT.refTime});
  fc.assert(
    fc.property(part, part, fc.bigInt({min: ONE / 1_000n, max: ONE * 1_000n}), (a, b, from) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      assert.ok(next(from, less) <= next(from, more));
    }),
  );
});
