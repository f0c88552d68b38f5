import assert from "node:assert/strict";
import {test} from "node:test";
import {startNetwork} from "#testing";

const SLOTS = 40;

test("where blocks arrive after the next slot has begun, they are built on all the same, by shorter blocks", async () => {
  const network = await startNetwork({invulnerables: ["alice", "bob", "charlie", "dave"], seed: 5});
  try {
    await network.advance(5 * network.slotDuration);
    // Announced, asked for and sent: three times as long, which is a slot and a twelfth.
    const delay = Math.ceil((network.slotDuration * 13) / 36);
    network.setDelay({min: delay, max: delay});
    await network.advance(5 * network.slotDuration);
    const before = network.nodes[0]!.best;
    await network.advance(SLOTS * network.slotDuration);
    const grown = network.nodes[0]!.best - before;
    // Every other one would be a fork if nobody waited for it.
    assert.ok(grown >= (SLOTS * 3) / 4, `${grown} blocks in ${SLOTS} slots`);
    network.assertSound();
  } finally {
    await network.stop();
  }
});
