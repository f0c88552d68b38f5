import assert from "node:assert/strict";
import {test} from "node:test";
import {startNetwork} from "#testing";
import type {MemoryNode} from "../../src/testing/network/test-node.ts";

const HOUR = 3_600_000;

for (const [what, step] of [
  ["forward", HOUR],
  ["back", -HOUR],
] as const) {
  test(`a clock that is set ${what} by an hour, and right again after half a minute, costs that half minute`, async () => {
    const network = await startNetwork({invulnerables: ["alice", "bob", "charlie", "dave"]});
    await network.advanceTo(5);
    const dave = network.node("dave") as MemoryNode;
    dave.skewClock(step);
    await network.advance(30_000);
    assert.ok(dave.logs().some(({message}) => message.startsWith("this machine's clock")));
    const wrong = network.node("alice").best;
    assert.ok(wrong > 10, "the others go on");
    dave.skewClock(0);
    await network.advance(30_000);
    assert.ok(network.node("alice").best - dave.best <= 2, "it follows the chain");
    assert.ok(network.node("alice").finalized - dave.finalized <= 3, "it follows finality");
    const made = dave.logs().filter(({message}) => message.startsWith("not authoring")).length;
    await network.advance(60_000);
    const slots = authorsSince(
      network.node("alice") as MemoryNode,
      network.node("alice").best - 20,
    );
    assert.ok(slots.has("dave"), `it makes its blocks again (${made} words before)`);
    network.assertSound();
    await network.stop();
  });
}

/** Who made the blocks from one height on. */
function authorsSince(node: MemoryNode, from: number): Set<string> {
  const authors = new Set<string>();
  for (let number = from; number <= node.best; number++)
    authors.add(String(node.at(number).author));
  return authors;
}
