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
    send: ({alert, state}) => sent.push(`${alert} ${state}`),
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
