import assert from "node:assert/strict";
import {test} from "node:test";
import {call, startNetwork} from "khala/testing";

test("a newcomer that registers authors two sessions later, and its bond is reserved", async () => {
  const network = await startNetwork({
    invulnerables: ["alice", "bob"],
    observers: ["zoe"],
    parameters: {session: 10, bond: "16PHA"},
  });
  const registered = await network.submit("zoe", call("CollatorSelection.register_as_candidate"));
  assert.equal(registered.error, undefined);
  assert.equal(network.at().balanceOf("zoe").reserved, 16_000_000_000_000n);

  await network.advanceTo(20);
  assert.deepEqual(network.at(19).validators().includes("zoe"), false);
  assert.deepEqual(network.at(20).validators().includes("zoe"), true);

  await network.advanceTo(26);
  assert.ok(network.node("zoe").authored().length >= 1);
  await network.stop();
});
