import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {ChainTime} from "./chain-time.ts";

test("waiting for a moment of the chain's time waits less by the offset", async () => {
  const clock = new VirtualClock(millis(1_000));
  const time = new ChainTime(clock, millis(500), () => {});
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
