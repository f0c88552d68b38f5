import assert from "node:assert/strict";
import {test} from "node:test";
import {TestNetwork} from "../test-kit/network.ts";
import {ScriptedVoter} from "../test-kit/scripted.ts";

/** Blocks that are not final yet, where finality lags most. */
const lag = (network: TestNetwork) =>
  Math.max(...network.nodes.map(({chain}) => chain.best.number - chain.finalized.number));

for (const {who, voters, crashes} of [
  {who: "a voter that goes", voters: 1, crashes: 0.2},
  {who: "four voters that go", voters: 4, crashes: 0.1},
]) {
  test(`${who} down between promise and vote, again and again, say what was promised and nothing else`, () => {
    for (let seed = 1; seed <= 40; seed++) {
      // The network itself throws when one says two things in one place.
      const network = new TestNetwork({seed, voters, crashes, forks: 0.4});
      network.startAuthoring();
      network.run(60_000);
      network.stopAuthoring();
      network.run(60_000);
      assert.ok(network.crashes > 5, `${network.crashes} crashes`);
      assert.ok(lag(network) <= 1, `seed ${seed}: ${lag(network)} blocks behind`);
    }
  });
}

test("all at once, each with a promise that nobody has heard of, go on", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const network = new TestNetwork({seed, voters: 4, crashes: 0});
    network.startAuthoring();
    network.run(5_000);
    // From here on nothing of any vote but its promise reaches a disk, until all are down.
    Object.assign(network.options, {crashes: 1});
    while (network.nodes.some(node => node.online)) network.run(1);
    Object.assign(network.options, {crashes: 0});
    network.run(20_000);
    assert.equal(network.crashes, 4);
    assert.ok(lag(network) <= 3, `seed ${seed}: ${lag(network)} blocks behind`);
  }
});

test("a lone voter whose database lost rounds leaves them behind, and builds on what it promised", () => {
  const network = new TestNetwork({seed: 3, voters: 1});
  const [node] = network.nodes as [TestNetwork["nodes"][0]];
  network.startAuthoring();
  network.run(5_000);
  const old = {...node.disk};
  const {finalized} = node.chain;
  network.run(10_000);
  const promised = node.guard.last!;
  network.stop(node);
  node.disk = old;
  node.chain.finalized = finalized;
  network.restart(node);
  assert.equal(node.voter.status.round, promised.round + 1);
  assert.ok(node.events.some(event => /^warn our keys have voted in set 0, round/.test(event)));
  network.run(3_000);
  assert.ok(lag(network) <= 1);
  assert.ok(node.chain.isDescendant(promised.target!.hash, node.chain.finalized.hash));
});

test("a lone voter whose blocks are lost as well waits for them, and says what it gives up", () => {
  const network = new TestNetwork({seed: 3, voters: 1});
  const [node] = network.nodes as [TestNetwork["nodes"][0]];
  network.startAuthoring();
  network.run(5_000);
  const old = {...node.disk};
  const {finalized} = node.chain;
  const known = new Map(node.chain.headers);
  network.run(5_000);
  network.stop(node);
  node.disk = old;
  node.chain.restore(known, finalized);
  network.restart(node);
  network.run(20_000);
  assert.deepEqual(node.chain.finalized, finalized, "peers may have the blocks");
  network.run(15_000);
  assert.ok(node.events.some(event => /what was final above #\d+ .* is given up/.test(event)));
  assert.ok(lag(network) <= 1);
});

test("of several voters one with an old database casts nothing in the rounds it lost, and catches up", () => {
  const network = new TestNetwork({seed: 4, voters: 4});
  const node = network.nodes[2]!;
  network.startAuthoring();
  network.run(2_000);
  const old = {...node.disk};
  network.run(10_000);
  network.stop(node);
  node.disk = old;
  network.restart(node);
  const {round} = node.guard.last!;
  network.run(20_000);
  assert.ok(node.guard.last!.round > round + 5, "it votes again");
  assert.ok(lag(network) <= 3);
});

test("a vote that cannot be written down is cast when there is room again, and no later one before it", () => {
  const scripted = new ScriptedVoter(4);
  const block = scripted.import(scripted.chain.extend(scripted.chain.finalized));
  scripted.neighbour();
  scripted.signs = () => false;
  scripted.run(2_000);
  assert.deepEqual([scripted.said("Prevote", 1), scripted.said("Precommit", 1)], [[], []]);
  scripted.signs = () => true;
  scripted.run(200);
  assert.deepEqual(scripted.said("Prevote", 1), [block]);
});

test("a key that could not sign what another one did casts that vote after a restart", () => {
  const scripted = new ScriptedVoter(2, {}, 2);
  const block = scripted.import(scripted.chain.extend(scripted.chain.finalized));
  scripted.signs = (_, [, index]) => index === 0;
  scripted.run(2_000);
  scripted.restart();
  scripted.run(1_000);
  assert.notDeepEqual(scripted.chain.finalized, block, "both have to vote");
  scripted.signs = () => true;
  scripted.run(2_000);
  assert.deepEqual(scripted.chain.finalized, block);
});

test("nothing is signed before the vote before it is on disk", () => {
  const scripted = new ScriptedVoter(1);
  scripted.persists = false;
  scripted.import(scripted.chain.extend(scripted.chain.finalized));
  scripted.neighbour();
  scripted.run(5_000);
  assert.ok(scripted.said("Prevote", 1).length > 0);
  assert.equal(scripted.said("Precommit", 1).length, 0);
});
