import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {Pace} from "./pace.ts";

const settle = () => new Promise(resolve => setImmediate(resolve));

test("a burst is taken at once, what follows at the pace, and silence earns a burst again", async () => {
  const clock = new VirtualClock(millis(0));
  const pace = new Pace(clock, {perSecond: 10, burst: 5}, new AbortController().signal);
  let taken = 0;
  const take = (count: number) => pace.take("a", count).then(() => taken++);
  for (let i = 0; i < 5; i++) await take(1);
  assert.equal(taken, 5);
  void take(1);
  await settle();
  assert.equal(taken, 5);
  clock.advanceTo(millis(100));
  await settle();
  assert.equal(taken, 6);
  clock.advanceTo(millis(10_000));
  await take(5);
  assert.equal(taken, 7);
});

test("one peer's haste is not another's", async () => {
  const clock = new VirtualClock(millis(0));
  const pace = new Pace(clock, {perSecond: 1, burst: 1}, new AbortController().signal);
  await pace.take("a");
  void pace.take("a");
  await pace.take("b");
});
