import assert from "node:assert/strict";
import {test} from "node:test";
import {logItem} from "../test-kit/chain.ts";
import {key} from "../test-kit/crypto.ts";
import {TestNetwork} from "../test-kit/network.ts";

test("a voter who decides alone finalizes a block four gossip periods after it, neither sooner nor later", () => {
  const network = new TestNetwork({seed: 1, voters: 1, gossipPeriod: 83});
  const [node] = network.nodes as [TestNetwork["nodes"][0]];
  network.run(1_000);
  const block = network.author(node);
  network.run(331);
  assert.equal(node.chain.finalized.number, 0);
  network.run(1);
  assert.deepEqual(node.chain.finalized, block);
  assert.equal(node.finalizations[0]?.setId, 0);
});

test("with a block in every slot of six gossip periods, the head before the newest is always final", () => {
  const network = new TestNetwork({seed: 1, voters: 1, gossipPeriod: 83, slot: 500});
  network.startAuthoring();
  for (let slot = 0; slot < 20; slot++) {
    network.run(500);
    const {best, finalized} = network.nodes[0]!.chain;
    assert.ok(best.number - finalized.number <= 1, `${best.number} ${finalized.number}`);
  }
});

test("a chain without new blocks is quiet, and speaks again with the next block", () => {
  const network = new TestNetwork({seed: 2, voters: 4});
  network.author(network.nodes[0]!);
  network.run(3_000);
  assert.equal(network.lowestFinalized, 1);
  const {sent} = network;
  const rounds = network.nodes.map(node => node.voter.status.round);
  network.run(100_000);
  assert.equal(network.sent, sent);
  assert.deepEqual(
    network.nodes.map(node => node.voter.status.round),
    rounds,
  );
  network.author(network.nodes[1]!);
  network.run(1_000);
  assert.equal(network.lowestFinalized, 2);
});

test("a voter that does not see the new block is woken by the votes of those that do", () => {
  const network = new TestNetwork({seed: 3, voters: 4});
  const builder = network.nodes[0]!;
  network.run(1_000);
  // Nobody has the block but its builder: its vote makes the others ask for it.
  network.group = node => (node === builder.index ? 0 : 1);
  network.author(builder);
  network.run(150);
  network.group = () => 0;
  network.run(5_000);
  for (const node of network.nodes) assert.equal(node.chain.finalized.number, 1);
});

test("nobody votes beyond the block where the set changes until that block is final", () => {
  const network = new TestNetwork({seed: 4, voters: 4});
  const [first] = network.nodes as [TestNetwork["nodes"][0]];
  network.group = node => node;
  const nextAuthorities = network.authorities.slice(0, 3);
  network.author(first);
  network.author(first, [logItem({type: "ScheduledChange", value: [{nextAuthorities, delay: 1}]})]);
  for (let i = 0; i < 5; i++) network.author(first);
  network.group = () => 0;
  network.announce(first);
  network.run(10_000);
  for (const node of network.nodes) {
    const heights = node.finalizations.map(({block, setId}) => [setId, block.number]);
    assert.ok(
      heights.some(([setId, number]) => setId === 0 && number === 3),
      `${heights}`,
    );
    assert.ok(
      heights.every(([setId, number]) => (setId === 0) === number! <= 3),
      `${heights}`,
    );
    assert.equal(node.chain.finalized.number, 7);
  }
});

test("no key, no vote: a node that may not vote, or has no key in the set, says nothing", () => {
  const network = new TestNetwork({seed: 5, voters: 3});
  const [silent, keyless] = network.nodes as [TestNetwork["nodes"][0], TestNetwork["nodes"][0]];
  silent.voter.setMayVote(false, 0 as never);
  keyless.voter.setLocalKeys([key(77)], 0 as never);
  network.author(silent);
  network.run(5_000);
  assert.deepEqual([silent.guard.signed.size, keyless.guard.signed.size], [0, 0]);
  assert.equal(network.lowestFinalized, 0, "three of three are needed");
  silent.voter.setMayVote(true, network.now as never);
  keyless.voter.setLocalKeys([key(keyless.index)], network.now as never);
  network.author(silent);
  network.run(10_000);
  assert.equal(network.lowestFinalized, 2);
});
