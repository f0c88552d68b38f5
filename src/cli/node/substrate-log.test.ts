import assert from "node:assert/strict";
import {test} from "node:test";
import {setImmediate} from "node:timers/promises";
import {millis, VirtualClock} from "#base";
import {importedLine, inform, informantLine, type Standing, shortHash} from "./substrate-log.ts";

const hash = (byte: number) => new Uint8Array(32).fill(byte);
const idle: Standing = {
  best: {number: 12, hash: hash(0xab)},
  finalized: {number: 10, hash: hash(0xcd)},
  peers: 3,
  target: undefined,
};

test("lines are those that scripts for Substrate's nodes look for", () => {
  assert.equal(shortHash(hash(0xab)), "0xabab…abab");
  assert.equal(
    informantLine(idle, undefined),
    "💤 Idle (3 peers), best: #12 (0xabab…abab), finalized #10 (0xcdcd…cdcd)",
  );
  assert.equal(
    informantLine({...idle, target: 100}, {...idle, best: {number: 2, hash: hash(1)}}),
    "⚙️  Syncing  2.0 bps, target=#100 (3 peers), best: #12 (0xabab…abab), finalized #10 (0xcdcd…cdcd)",
  );
  assert.equal(
    importedLine(12, hash(1), hash(2), true),
    "🏆 Imported #12 (0x0101…0101 → 0x0202…0202)",
  );
  assert.equal(importedLine(12, undefined, hash(2), false), "🆕 Imported #12 (0x0202…0202)");
});

test("a line comes every five seconds until it is told to end", async () => {
  const clock = new VirtualClock(millis(0));
  const over = new AbortController();
  const said: [number, string][] = [];
  const done = inform(
    () => idle,
    line => said.push([clock.now(), line]),
    clock,
    over.signal,
  );
  for (const at of [4_999, 5_000, 9_999, 10_000, 14_999]) {
    clock.advanceTo(millis(at));
    await setImmediate();
  }
  over.abort(new Error("over"));
  await done;
  assert.deepEqual(
    said.map(([at]) => at),
    [5_000, 10_000],
  );
});
