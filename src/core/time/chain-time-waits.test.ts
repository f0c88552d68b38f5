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

test("a moment that it was pushed past never came, one before or after it did", () => {
  const clock = new VirtualClock(millis(1_000));
  const time = new ChainTime(pacedClock(clock, REAL_TIME), millis(0), () => {});
  time.atLeast(millis(900));
  assert.ok(!time.leapt(millis(950)));
  time.atLeast(millis(2_000));
  clock.advanceTo(millis(1_500));
  time.atLeast(millis(3_000));
  const leapt = (moment: number) => time.leapt(millis(moment));
  assert.deepEqual([1_000, 1_001, 1_999, 2_000, 2_400, 2_501, 2_999, 3_000].map(leapt), [
    false,
    true,
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
});

test("as many pushes are remembered as are asked about soon after", () => {
  const clock = new VirtualClock(millis(0));
  const time = new ChainTime(pacedClock(clock, REAL_TIME), millis(0), () => {});
  for (let push = 1; push <= 65; push++) time.atLeast(millis(push * 10));
  assert.ok(!time.leapt(millis(5)));
  assert.ok(time.leapt(millis(15)));
  assert.ok(time.leapt(millis(645)));
});

test("moments that came before the machine's clock was set back did come", () => {
  let machine = 100_000;
  const clock = {now: () => millis(machine), until: async () => {}};
  const time = new ChainTime(pacedClock(clock, REAL_TIME), millis(0), () => {});
  assert.equal(time.now(), 100_000);
  machine = 50_000;
  time.atLeast(millis(102_000));
  assert.ok(!time.leapt(millis(70_000)));
  assert.ok(time.leapt(millis(101_000)));
});
