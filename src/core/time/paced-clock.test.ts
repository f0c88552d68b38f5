import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {millis, VirtualClock} from "#base";
import {pacedClock, REAL_TIME} from "./paced-clock.ts";

const pace = {realStart: millis(1_000), chainStart: millis(50_000), rate: 120};

test("a chain's time goes as fast as its pace, from where it began", () => {
  const clock = new VirtualClock(millis(1_000));
  const paced = pacedClock(clock, pace);
  assert.equal(paced.now(), 50_000);
  clock.advanceTo(millis(1_100));
  assert.equal(paced.now(), 62_000);
});

test("who waits for a moment of the chain's time is woken at it and not before", async () => {
  const clock = new VirtualClock(millis(1_000));
  const paced = pacedClock(clock, pace);
  let woken = false;
  const waiting = paced.until(millis(62_000)).then(() => {
    woken = true;
  });
  clock.advanceTo(millis(1_099));
  await Promise.resolve();
  assert.equal(woken, false);
  clock.advanceTo(millis(1_100));
  await waiting;
  assert.equal(paced.now(), 62_000);
});

test("whatever the pace, the moment waited for has come", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), fc.integer({min: 1, max: 10_000}), async (ahead, rate) => {
      const clock = new VirtualClock(millis(1_000));
      const paced = pacedClock(clock, {...pace, rate});
      const wanted = millis(50_000 + ahead);
      const waiting = paced.until(wanted);
      const next = clock.next();
      if (next !== undefined) clock.advanceTo(next);
      await waiting;
      assert.ok(paced.now() >= wanted);
      assert.ok(paced.now() < wanted + rate + 1);
    }),
  );
});

test("without a pace of its own it is the clock's", () => {
  const clock = new VirtualClock(millis(1_700_000_000_000));
  assert.equal(pacedClock(clock, REAL_TIME).now(), clock.now());
});
