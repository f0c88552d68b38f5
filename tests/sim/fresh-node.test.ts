import assert from "node:assert/strict";
import {test} from "node:test";
import {startNetwork} from "#testing";
import type {MemoryNode} from "../../src/testing/network/test-node.ts";

test("a node that catches up slowly does not take its own backlog for a wrong clock", async () => {
  const network = await startNetwork({invulnerables: ["alice", "bob", "charlie"]});
  await network.advanceTo(3);
  const late = network.node("charlie") as MemoryNode;
  await late.kill();
  await network.advance(80 * network.slotDuration);
  // Three quarters of a slot for each block: what is announced meanwhile waits behind what was missed.
  late.importTime = 0.75 * network.slotDuration;
  await late.restart();
  const seen: number[] = [];
  const look = () => {
    const {offset, isPaused} = late.core.clockStatus();
    assert.equal(isPaused, false, `${offset} ms off, it says`);
    if (offset !== undefined) seen.push(offset);
  };
  const best = () => network.node("alice").best;
  await network.advanceUntil("it catches up", () => {
    look();
    return late.isSyncing;
  });
  await network.advanceUntil("it is in step", () => {
    look();
    return !late.isSyncing && best() - late.best <= 1;
  });
  const from = best();
  await network.advanceUntil("it knows from others' blocks that its clock is right", () => {
    look();
    return best() > from + 12;
  });
  assert.ok(seen.length > 0);
  assert.ok(Math.max(...seen.map(Math.abs)) < 100);
  // Put wrong it is found out all the same, by what is announced and not by what waits.
  for (const skew of [3_000, -3_000]) {
    late.skewClock(skew);
    await network.advanceUntil(`${skew} ms are noticed`, () => {
      const {offset = 0, isPaused} = late.core.clockStatus();
      return isPaused && Math.abs(offset - skew) < 100;
    });
    late.skewClock(0);
    await network.advanceUntil("and that it is right again", () => {
      const {offset, isPaused} = late.core.clockStatus();
      return !isPaused && offset !== undefined && Math.abs(offset) < 100;
    });
  }
  network.assertSound();
  await network.stop();
});
