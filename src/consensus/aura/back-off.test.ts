import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {slot} from "#base";
import {shouldBackOff} from "./back-off.ts";

const BEST_SLOT = 5_000;

/** Slots left unused after the best block. */
function pause(lag: number): number {
  for (let wait = 1; ; wait++) {
    const at = slot(BEST_SLOT + wait);
    const chain = {best: 10_000, finalized: 10_000 - lag, bestSlot: slot(BEST_SLOT), slot: at};
    if (!shouldBackOff(chain)) return wait - 1;
  }
}

test("up to a hundred unfinalized blocks nobody waits", () => {
  assert.deepEqual([0, 1, 99, 100].map(pause), [0, 0, 0, 0]);
});

test("beyond it one slot is left for every two blocks, and never more than a hundred", () => {
  assert.deepEqual([102, 104, 200, 299, 300, 9_999].map(pause), [1, 2, 50, 99, 100, 100]);
});

test("the longer the lag, the longer the pause, and there is always a block again", () => {
  fc.assert(
    fc.property(fc.nat({max: 5_000}), fc.nat({max: 5_000}), (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      assert.ok(pause(less) <= pause(more));
    }),
  );
});
