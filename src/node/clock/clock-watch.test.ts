import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {ClockWatch, clockBound} from "./clock-watch.ts";

const watching = (lateness: readonly number[]) => {
  const watch = new ClockWatch(1_000);
  for (const each of lateness) watch.blockArrived(each);
  return watch.status;
};

test("the middle of others' blocks is the offset, and nothing is concluded from a few", () => {
  assert.deepEqual(watching([5_000, 5_000, 5_000, 5_000]), {
    offset: undefined,
    source: undefined,
    isPaused: false,
    bound: 1_000,
  });
  assert.equal(watching([40, 50, 60, 9_000, 45]).offset, 50);
  assert.equal(watching([40, 50, 60, 9_000, 45]).isPaused, false);
});

test("a clock that is off either way pauses authoring, one slow author does not", () => {
  assert.equal(watching([-1_500, -1_400, -1_600, -1_450, 20]).isPaused, true);
  assert.equal(watching([1_500, 1_400, 1_600, 1_450, 20]).isPaused, true);
  fc.assert(
    fc.property(
      fc.array(fc.integer({min: 0, max: 400}), {minLength: 16, maxLength: 16}),
      fc.array(fc.integer({min: -60_000, max: 60_000}), {maxLength: 15}),
      (honest, strange) => assert.equal(watching([...strange, ...honest]).isPaused, false),
    ),
  );
});

test("old samples give way, and a time server knows better", () => {
  const watch = new ClockWatch(clockBound(2_000));
  for (let i = 0; i < 31; i++) watch.blockArrived(3_000);
  assert.equal(watch.status.isPaused, true);
  for (let i = 0; i < 16; i++) watch.blockArrived(30);
  assert.equal(watch.status.isPaused, false);
  watch.ntpSays(-2_000);
  assert.deepEqual([watch.status.source, watch.status.isPaused], ["ntp", true]);
  watch.ntpSays(undefined);
  assert.equal(watch.status.source, "peers");
  assert.equal(clockBound(12_000), 3_000);
});
