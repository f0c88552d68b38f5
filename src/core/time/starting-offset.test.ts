import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import {startingOffset} from "./starting-offset.ts";

const now = millis(1_000_000);

test("blocks on demand always go on with the offset that was kept", () => {
  const offset = startingOffset({kept: 500, onRealSlots: false, lastBlockAt: millis(9), now});
  assert.equal(offset, 500);
});

test("real slots keep the offset while the chain's last block lies ahead of the clock", () => {
  const lastBlockAt = millis(now + 1);
  assert.equal(startingOffset({kept: 500, onRealSlots: true, lastBlockAt, now}), 500);
});

test("real slots give the offset up once the clock has caught up, and at genesis", () => {
  assert.equal(startingOffset({kept: 500, onRealSlots: true, lastBlockAt: now, now}), 0);
  assert.equal(startingOffset({kept: 500, onRealSlots: true, lastBlockAt: undefined, now}), 0);
});
