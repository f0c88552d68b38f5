import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {ClockWatch, clockBound} from "./clock-watch.ts";

const SLOT = 2_000;
const FIRST = 1_000;

/** A watch that sees one block a slot, each so many milliseconds late. */
function watching(lateness: readonly number[]) {
  let now = FIRST * SLOT;
  const watch = new ClockWatch(SLOT, () => now);
  for (const [i, late] of lateness.entries()) {
    now = (FIRST + i) * SLOT + late;
    watch.blockArrived(FIRST + i, true);
  }
  now = (FIRST + lateness.length) * SLOT;
  return {
    watch,
    pass(milliseconds: number) {
      now += milliseconds;
    },
  };
}

test("the middle of others' blocks is the offset, and nothing is concluded from a few", () => {
  assert.deepEqual(watching([5_000, 5_000, 5_000, 5_000]).watch.status, {
    offset: undefined,
    source: undefined,
    isPaused: false,
    bound: 1_000,
  });
  const {offset, isPaused} = watching([40, 50, 60, 9_000, 45]).watch.status;
  assert.deepEqual([offset, isPaused], [50, false]);
});

test("a clock that is off either way pauses authoring, one slow author does not", () => {
  assert.equal(watching([-1_500, -1_400, -1_600, -1_450, 20]).watch.status.isPaused, true);
  assert.equal(watching([1_500, 1_400, 1_600, 1_450, 20]).watch.status.isPaused, true);
  fc.assert(
    fc.property(
      fc.array(fc.integer({min: 0, max: 400}), {minLength: 16, maxLength: 16}),
      fc.array(fc.integer({min: -60_000, max: 60_000}), {maxLength: 15}),
      (honest, strange) => {
        assert.equal(watching([...strange, ...honest]).watch.status.isPaused, false);
      },
    ),
  );
});

test("only a block of a higher slot than all before says anything: what comes late is no news", () => {
  const {watch, pass} = watching([30, 30, 30, 30, 30]);
  pass(20_000);
  for (let slot = 0; slot < 30; slot++) watch.blockArrived(FIRST - slot, true);
  watch.blockArrived(FIRST + 9, false);
  watch.blockArrived(FIRST + 8, true);
  assert.equal(watch.status.offset, 30);
});

test("whoever pauses for late blocks goes on when none were seen for a while", () => {
  const {watch, pass} = watching([1_500, 1_500, 1_500, 1_500, 1_500]);
  assert.equal(watch.status.isPaused, true);
  pass(58 * SLOT);
  assert.equal(watch.status.isPaused, true);
  pass(7 * SLOT);
  assert.deepEqual([watch.status.isPaused, watch.status.offset], [false, undefined]);
});

test("a time server knows better", () => {
  const {watch} = watching([30, 30, 30, 30, 30]);
  watch.ntpSays(-2_000);
  assert.deepEqual([watch.status.source, watch.status.isPaused], ["ntp", true]);
  watch.ntpSays(undefined);
  assert.equal(watch.status.source, "peers");
  assert.equal(clockBound(12_000), 3_000);
});
