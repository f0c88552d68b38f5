import assert from "node:assert/strict";
import {test} from "node:test";
import {startNetwork} from "khala/testing";

test("a candidate that falls silent is kicked at the first rotation after its threshold, with its bond back", async () => {
  const network = await startNetwork({
    invulnerables: ["alice", "bob"],
    candidates: ["dave"],
    parameters: {session: 10, kick: 10},
  });
  // In the set from block 20 on; it authors for a session, then no more.
  await network.advanceTo(30);
  network.node("dave").silence();
  const last = network.node("dave").authored().at(-1) ?? 0;
  const bond = network.at().bondOf("dave");
  const before = network.at().balanceOf("dave");
  assert.equal(before.reserved, bond);

  const kickedAt = Math.ceil((last + 10) / 10) * 10;
  await network.advanceTo(kickedAt);
  assert.deepEqual(network.at(kickedAt).kicks(), ["dave"]);
  assert.equal(network.at(kickedAt).bondOf("dave"), undefined);
  const after = network.at(kickedAt).balanceOf("dave");
  assert.equal(after.reserved, 0n);
  assert.equal(after.free, before.free + before.reserved);

  // It authors until the set that was chosen without it takes over.
  await network.advanceTo(kickedAt + 10);
  assert.equal(
    network
      .at(kickedAt + 10)
      .validators()
      .includes("dave"),
    false,
  );
  network.assertSound();
  await network.stop();
});
