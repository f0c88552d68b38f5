import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {ClockWatch, clockBound} from "./clock-watch.ts";

const SLOT = 2_000;
const FIRST = 1_000;

const at = (slot: number) => ({slot, begins: slot * SLOT});
const nameOf = (slot: number) => new Uint8Array(new Uint32Array([slot]).buffer);

/** A watch that hears of one block a slot, each so many milliseconds late. */
function watching(lateness: readonly number[]) {
  let now = FIRST * SLOT;
  const watch = new ClockWatch(
    () => SLOT,
    () => now,
  );
  const hear = (slot: number, late: number, isCatchingUp = false) => {
    now = slot * SLOT + late;
    watch.announced(nameOf(slot), at(slot), isCatchingUp);
  };
  const take = (slot: number) => watch.imported(nameOf(slot), at(slot));
  for (const [i, late] of lateness.entries()) {
    hear(FIRST + i, late);
    take(FIRST + i);
  }
  now = (FIRST + lateness.length) * SLOT;
  return {
    watch,
    hear,
    take,
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
  assert.equal(watching([20, -1_500, -1_400, -1_600, -1_450, -1_500]).watch.status.isPaused, true);
  assert.equal(watching([20, 1_500, 1_400, 1_600, 1_450, 1_500]).watch.status.isPaused, true);
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
  const {watch, hear, take, pass} = watching([30, 30, 30, 30, 30]);
  pass(20_000);
  for (let slot = 1; slot < 30; slot++) {
    hear(FIRST - slot, 20_000);
    take(FIRST - slot);
  }
  // Nobody spoke of this one: it was fetched.
  take(FIRST + 9);
  hear(FIRST + 8, 20_000);
  take(FIRST + 8);
  assert.equal(watch.status.offset, 30);
});

test("a block that waits before it is imported was heard of in time, and one that is no block says nothing", () => {
  const {watch, hear, take, pass} = watching([]);
  for (let slot = FIRST; slot < FIRST + 8; slot++) hear(slot, 40);
  // Announced again by others, much later.
  hear(FIRST + 3, 50_000);
  pass(30_000);
  assert.equal(watch.status.offset, undefined);
  for (let slot = FIRST; slot < FIRST + 8; slot++) take(slot);
  assert.equal(watch.status.offset, 40);
});

test("of blocks that come all at once, after a silence, only the newest says anything", () => {
  const {watch, hear, take} = watching([30, 30, 30, 30, 30]);
  const first = FIRST + 5;
  for (let i = 0; i < 20; i++) {
    // All of them when the last one is made.
    hear(first + i, (19 - i) * SLOT + 40);
    take(first + i);
  }
  assert.equal(watch.status.offset, 30);
  for (let i = 20; i < 25; i++) {
    hear(first + i, 40);
    take(first + i);
  }
  assert.deepEqual([watch.status.offset, watch.status.isPaused], [40, false]);
});

test("while a node catches up it learns only that its clock is behind, and once in step only from what it hears then", () => {
  const {watch, hear, take} = watching([]);
  let slot = FIRST;
  const next = (late: number, isCatchingUp: boolean, count: number) => {
    for (let i = 0; i < count; i++, slot++) {
      hear(slot, late, isCatchingUp);
      take(slot);
    }
  };
  next(9_000, true, 10);
  assert.equal(watch.status.offset, undefined);
  next(-1_500, true, 10);
  assert.deepEqual([watch.status.offset, watch.status.isPaused], [-1_500, true]);
  next(60, false, 1);
  assert.deepEqual([watch.status.offset, watch.status.isPaused], [undefined, false]);
  next(60, false, 4);
  assert.equal(watch.status.offset, 60);
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

test("what a block says goes by the length that its slot had, which nobody knows until its parent is there", () => {
  for (const isCatchingUp of [false, true]) {
    const {watch, pass} = watching([]);
    for (let i = 0; i < 6; i++) {
      pass(SLOT);
      // Slots became shorter, and their numbers higher: by the old length these lie in a far future.
      const slot = 10 * FIRST + i;
      watch.announced(nameOf(slot), {slot, begins: slot * SLOT}, isCatchingUp);
      watch.imported(nameOf(slot), {slot, begins: (FIRST + i + 1) * SLOT - 9_000});
    }
    assert.equal(watch.status.offset, isCatchingUp ? undefined : 9_000);
  }
});
