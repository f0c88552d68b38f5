import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {Period} from "./period.ts";

const FULL = 1_000_000;

test("before the offset the first session runs, and its last block is at a hundred percent", () => {
  const period = new Period(10, 3);
  for (const number of [0, 1, 2]) {
    assert.equal(period.shouldEnd(number), false);
    assert.equal(period.nextRotation(number), 3);
  }
  assert.deepEqual(
    [0, 1, 2].map(number => period.progress(number)),
    [333_333, 666_666, FULL],
  );
});

test("a session ends at the offset and every period after it", () => {
  const period = new Period(10, 3);
  assert.equal(period.shouldEnd(3), true);
  assert.equal(period.nextRotation(3), 3);
  assert.equal(period.progress(3), 100_000);
  for (let number = 4; number < 13; number++) {
    assert.equal(period.shouldEnd(number), false);
    assert.equal(period.nextRotation(number), 13);
    assert.equal(period.progress(number), (number - 2) * 100_000);
  }
  assert.equal(period.shouldEnd(13), true);
  assert.equal(period.nextRotation(13), 23);
  assert.equal(period.progress(13), 100_000);
});

test("the rotation after a block is the first one that ends a session", () => {
  const numbers = fc.integer({min: 0, max: 5_000});
  fc.assert(
    fc.property(fc.integer({min: 1, max: 100}), numbers, numbers, (length, offset, number) => {
      const period = new Period(length, offset);
      let next = number + 1;
      while (!period.shouldEnd(next)) next++;
      assert.equal(period.firstRotationAfter(number), next);
    }),
  );
});
