import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {ChainTime} from "./chain-time.ts";
import {pacedClock, REAL_TIME} from "./paced-clock.ts";

test("waiting for a moment of the chain's time waits less by the offset", async () => {
  const clock = new VirtualClock(millis(1_000));
  const time = new ChainTime(pacedClock(clock, REAL_TIME), millis(500), () => {});
  let woken = false;
  const waiting = time.until(millis(1_600)).then(() => {
    woken = true;
  });
  clock.advanceTo(millis(1_099));
  await Promise.resolve();
  assert.equal(woken, false);
  clock.advanceTo(millis(1_100));
  await waiting;
  assert.equal(time.now(), 1_600);
});

test("moments of a quickened chain are shown as people's clocks have them, those of real time as they are", () => {
  const clock = new VirtualClock(millis(1_000));
  const pace = {realStart: millis(1_000), chainStart: millis(50_000), rate: 120};
  const quick = new ChainTime(pacedClock(clock, pace), millis(600), () => {});
  assert.equal(quick.now(), 50_600);
  assert.equal(quick.shown(quick.now()), 1_000);
  assert.equal(quick.shown(quick.now() + 12_000), 1_100);
  assert.equal(quick.meant(1_100), quick.now() + 12_000);
  const real = new ChainTime(pacedClock(clock, REAL_TIME), millis(600), () => {});
  assert.equal(real.shown(5_000), 5_000);
  assert.equal(real.meant(5_000), 5_000);
});
