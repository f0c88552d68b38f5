import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import type {Alert} from "./alert-rules.ts";
import {AlertWatch} from "./alert-watch.ts";

test("an alert is told when it lasts, once, and again when it is over for good", () => {
  const sent: string[] = [];
  let alerts: Alert[] = [];
  const watch = new AlertWatch({
    clock: new VirtualClock(millis(0)),
    wallClock: new VirtualClock(millis(0)),
    alerts: () => alerts,
    webhook: {
      send: ({alert, state}) => sent.push(`${alert} ${state}`),
      delivery: {host: "h", waiting: 0, last: undefined},
    },
    node: "n",
    chain: "c",
  });
  const disk: Alert = {code: "disk-low", sentence: "little"};
  const clock: Alert = {code: "clock-off", sentence: "off"};
  for (const now of [[disk], [], [disk], [disk], [disk, clock], [clock], [], [], []]) {
    alerts = now;
    watch.look();
  }
  assert.deepEqual(sent, [
    "disk-low firing",
    "clock-off firing",
    "disk-low resolved",
    "clock-off resolved",
  ]);
});

test("each rule says how it stands and since when: calm, seen once, firing, calm again", () => {
  const time = new VirtualClock(millis(1_000));
  let alerts: Alert[] = [];
  const watch = new AlertWatch({
    clock: time,
    wallClock: time,
    alerts: () => alerts,
    webhook: undefined,
    node: "n",
    chain: "c",
  });
  const standing = () => {
    const {code: _, ...rule} = watch.view().rules.find(({code}) => code === "disk-low")!;
    return rule;
  };
  const lookAt = (at: number, found: readonly string[]) => {
    time.advanceTo(millis(at));
    alerts = found.map(sentence => ({code: "disk-low", sentence}));
    watch.look();
  };
  assert.deepEqual(standing(), {state: "calm", since: 1_000, sentence: undefined});
  assert.equal(watch.view().lookedAt, undefined);
  lookAt(6_000, ["little"]);
  assert.deepEqual(standing(), {state: "seen", since: 6_000, sentence: "little"});
  lookAt(11_000, ["less"]);
  assert.deepEqual(standing(), {state: "firing", since: 6_000, sentence: "less"});
  lookAt(16_000, []);
  lookAt(21_000, []);
  assert.deepEqual(standing(), {state: "calm", since: 21_000, sentence: undefined});
  assert.equal(watch.view().lookedAt, 21_000);
  assert.equal(watch.view().webhook, undefined);
});
