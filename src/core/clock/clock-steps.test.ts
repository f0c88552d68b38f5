import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {ClockSteps} from "./clock-steps.ts";

test("a clock that is set is noticed and said, one that drifts or is right is not", () => {
  const steady = new VirtualClock(millis(1_000_000));
  let offset = 0;
  const wall = {now: () => millis(steady.now() + offset), until: assert.fail};
  const said: string[] = [];
  const heard: number[] = [];
  const steps = new ClockSteps(wall, steady, {
    logger: {log: (_, __, message) => said.push(message)},
    onFault: assert.ifError,
  });
  steps.onStep(by => heard.push(by));
  const after = (change: number) => {
    steady.advanceTo(millis(steady.now() + 1_000));
    offset += change;
    steps.look();
  };
  for (const change of [0, 3, -3, 100, 3_600_000, 0, -3_600_000, 0]) after(change);
  assert.deepEqual(heard, [3_600_000, -3_600_000]);
  assert.deepEqual(said, [
    "this machine's clock went 3600.0 s ahead at once: it was set, or the machine slept",
    "this machine's clock was set back by 3600.0 s",
  ]);
});
