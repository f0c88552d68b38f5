import assert from "node:assert/strict";
import {test} from "node:test";
import {call, startNetwork, sudo, type TestNetwork} from "#testing";

const FOUR = ["collator-1", "collator-2", "collator-3", "collator-4"] as const;

const appoint = (names: readonly string[]) =>
  sudo(call("CollatorSelection.set_invulnerables", {new: names}));

/** Nobody is left in another set, where no proof of this one would count. */
function assertTogether(network: TestNetwork): void {
  for (const node of network.nodes) {
    assert.ok(node.best - node.finalized < 5, `${node.name}: ${node.finalized} of ${node.best}`);
  }
}

test("a node that fetches block by block what the voters changed over finds itself in their set", async () => {
  const network = await startNetwork({invulnerables: FOUR, parameters: {session: 8}});
  await network.submit("collator-1", appoint(FOUR.slice(0, 3)), {until: "finalized"});
  await network.advance({blocks: 30});
  const fresh = await network.addNode("fresh");
  await network.advanceUntil("it caught up", () => fresh.best >= network.node("collator-1").best);
  await network.advance(5_000);
  assertTogether(network);
  network.assertSound();
  await network.stop();
});

test("a voter that was away while the set changed comes back, and finality that waited for it goes on", async () => {
  const network = await startNetwork({invulnerables: FOUR, parameters: {session: 8}});
  await network.advanceTo(4);
  const away = network.node("collator-4");
  await away.kill();
  const next = ["collator-1", "collator-2", "collator-4"];
  await network.submit("collator-1", appoint(next), {until: "finalized"});
  await network.advance(15_000);
  // All three of the new set are needed.
  const waiting = network.node("collator-1");
  assert.ok(waiting.best - waiting.finalized > 10);
  await away.restart();
  await network.advance(20_000);
  assertTogether(network);
  network.assertSound();
  await network.stop();
});
