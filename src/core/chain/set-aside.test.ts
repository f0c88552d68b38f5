import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {SetAsideBlocks} from "./set-aside.ts";

test("a block that was given up rests ten times as long as it took, and longer each time, up to a bound", () => {
  const clock = new VirtualClock(millis(0));
  const blocks = new SetAsideBlocks(clock);
  const hash = new Uint8Array(32).fill(1);
  assert.equal(blocks.restOf(hash), undefined);
  const rests = Array.from({length: 6}, () => {
    const rest = blocks.add(hash, 60_000);
    assert.equal(blocks.restOf(hash), rest);
    clock.advanceTo(millis(clock.now() + rest - 1));
    assert.equal(blocks.restOf(hash), 1);
    clock.advanceTo(millis(clock.now() + 1));
    assert.equal(blocks.restOf(hash), undefined);
    return rest / 60_000;
  });
  assert.deepEqual(rests, [10, 20, 40, 80, 160, 160]);
  assert.equal(blocks.add(new Uint8Array(32), 0), 60_000);
});
