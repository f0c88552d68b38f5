import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {type TestContext, test} from "node:test";
import {hexToBytes} from "#base";
import {call, startNetwork, type TestNetwork} from "#testing";
import {knownChain} from "./support/known-specs.ts";

/** A session of the genuine collator chains has so many blocks. */
const PERIOD = 1_800;
/** Where the rehearsals begin: sessions end at multiples of their length, and these two soon do. */
const BEGIN = PERIOD - 10;
const COLLATORS = ["alice", "bob", "charlie", "dave"];

/** A story of a network on the chain, begun shortly before a session ends. */
async function begin(t: TestContext, chain: string, names = COLLATORS): Promise<TestNetwork> {
  const network = await startNetwork({
    chain,
    invulnerables: names,
    observers: ["ferdie"],
    set: {System: {Number: BEGIN}, CollatorSelection: {DesiredCandidates: 3}},
  });
  t.after(() => network.stop());
  return network;
}

async function collatorStory(t: TestContext, chain: string): Promise<void> {
  const network = await begin(t, chain);
  assert.equal(network.sessionLength, PERIOD);
  assert.equal(network.at().number >= BEGIN, true);
  const early = await network.submit("ferdie", call("CollatorSelection.register_as_candidate"));
  assert.equal(early.error, "CollatorSelection.ValidatorNotRegistered");
  const keys = {aura: hexToBytes(network.sessionKeysOf("ferdie").aura)};
  await network.submit("ferdie", call("Session.set_keys", {keys, proof: new Uint8Array(0)}));
  const joined = await network.submit("ferdie", call("CollatorSelection.register_as_candidate"));
  assert.equal(joined.error, undefined);
  assert.deepEqual(network.at().candidates(), ["ferdie"]);
  const bond = network.at().bondOf("ferdie")!;
  assert.ok(bond > 0n);
  assert.equal(network.at().balanceOf("ferdie").reserved, bond);

  await network.advanceTo(PERIOD);
  assert.ok(network.at(PERIOD).events("Session.NewSession").length === 1);
  assert.ok(network.at(PERIOD).queued().includes("ferdie"));
  assert.deepEqual([...network.at(PERIOD).validators()].sort(), COLLATORS);
  for (const node of network.nodes) {
    assert.ok(node.finalityLag < 5, `${node.name} is ${node.finalityLag} behind`);
  }
  for (const name of COLLATORS) {
    assert.ok(network.node("alice").authored(name).length >= 2, `${name} has its turns`);
  }
  await network.advanceTo(2 * PERIOD + 10);
  assert.deepEqual([...network.at().validators()].sort(), [...COLLATORS, "ferdie"]);
  const [first] = network.node("alice").authored("ferdie");
  // The set in the parent's state seals: the block that changes it is the old set's.
  assert.ok(first! > 2 * PERIOD && first! <= 2 * PERIOD + 5, `ferdie's first is ${first}`);
  assert.ok(network.node("alice").finalized > 2 * PERIOD);
  network.assertSound();
}

test("statemine 900 with four collators in turn: keys, bond, queued by the next session; blocks become final", async t => {
  await collatorStory(t, await knownChain("rococo_v2_2_asset_hub"));
});

const folder = process.env.KHALA_GENUINE;
if (folder !== undefined) {
  test("the same on rhala 1241", async t => {
    await collatorStory(t, readFileSync(join(folder, "rhala.json"), "utf8"));
  });
}
