import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {millis, VirtualClock} from "./index.ts";

test("waits end in order of their times, those of the same time in order of their coming", async () => {
  const waits = fc.array(fc.record({time: fc.integer({min: 1, max: 20}), isGivenUp: fc.boolean()}));
  await fc.assert(
    fc.asyncProperty(waits, async list => {
      const clock = new VirtualClock(millis(0));
      const woken: number[] = [];
      const refused: number[] = [];
      list.forEach(({time, isGivenUp}, index) => {
        const controller = new AbortController();
        clock.until(millis(time), controller.signal).then(
          () => woken.push(index),
          () => refused.push(index),
        );
        if (isGivenUp) controller.abort();
      });
      const expected = list
        .map(({time, isGivenUp}, index) => ({time, isGivenUp, index}))
        .filter(({isGivenUp}) => !isGivenUp)
        .sort((a, b) => a.time - b.time || a.index - b.index)
        .map(({index}) => index);

      clock.advanceTo(millis(10));
      clock.advanceTo(millis(20));
      await new Promise(resolve => setImmediate(resolve));

      assert.deepEqual(woken, expected);
      assert.equal(refused.length, list.length - expected.length);
    }),
  );
});
