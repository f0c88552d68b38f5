import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import * as testing from "#testing";
import {type ChainModule, call, startNetwork, sudo, type TestingModule} from "#testing";

test("the module holds what its types say and no more", () => {
  const {startNetwork, call, sudo}: TestingModule = testing;
  const {startChain, startChainServer, costsOf}: ChainModule = testing;
  assert.deepEqual({...testing}, {startNetwork, call, sudo, startChain, startChainServer, costsOf});
});

test("its types lean on nothing else, so that they can be shipped as they are", () => {
  for (const [file, imports] of [
    ["./api.ts", []],
    // The two are shipped as one.
    ["./chain-api.ts", ["./api.ts"]],
  ] as const) {
    const source = readFileSync(new URL(file, import.meta.url), "utf8");
    const found = source.matchAll(/^(?:import|export) [^;]*from "(.*)";$/gm);
    assert.deepEqual(
      Array.from(found, ([, from]) => from),
      imports,
    );
  }
});

test("time stands still until it is told to move", async () => {
  await using network = await startNetwork({invulnerables: 2});
  const {elapsed} = network;
  await new Promise(resolve => setTimeout(resolve, 20));
  assert.equal(network.elapsed, elapsed);
  await network.advance(1_000);
  assert.equal(network.elapsed, elapsed + 1_000);
  await network.advance({blocks: 2});
  assert.ok(network.elapsed > elapsed + 1_000);
});

test("what does not come about fails with where every node stands", async () => {
  const network = await startNetwork({invulnerables: 2});
  await assert.rejects(
    network.advanceUntil("block 900 comes", () => network.at().number >= 900, 5_000),
    /not within 5000 virtual ms \(seed 1\): block 900 comes; collator-1 \d+\/\d+, 1 peers/,
  );
  await network.stop();
});

test("a failed call is answered with its error by name, one inside sudo as well", async () => {
  const network = await startNetwork({invulnerables: 2, endowed: ["//Zoe"]});
  const register = call("CollatorSelection.register_as_candidate");
  const failed = await network.submit("//Zoe", register);
  assert.equal(failed.error, "CollatorSelection.TooManyCandidates");
  const bond = call("CollatorSelection.setCandidacyBond", {bond: 5});
  assert.equal((await network.submit("//Zoe", bond)).error, "BadOrigin");
  const byRoot = await network.submit("collator-1", sudo(bond), {until: "finalized"});
  assert.equal(byRoot.error, undefined);
  assert.ok(byRoot.block <= network.node("collator-1").finalized);
  assert.equal((await network.submit("collator-1", sudo(register))).error, "BadOrigin");
  await assert.rejects(network.submit("//Poor", register), /was refused: invalid/);
  await network.stop();
});

test("arguments are brought into the runtime's types, and wrong ones are refused by name", async () => {
  const network = await startNetwork({invulnerables: ["alice", "bob"]});
  const batch = call("Utility.batch_all", {
    calls: [
      call("Balances.transfer_keep_alive", {dest: "//Zoe", value: 1_000_000_000_000}),
      call("System.remark_with_event", {remark: "0x1234"}),
    ],
  });
  const {events} = await network.submit("alice", batch);
  const transfers = events.filter(({name}) => name === "Balances.Transfer");
  assert.deepEqual(
    transfers.map(({fields}) => fields),
    [{from: "alice", to: "//Zoe", amount: 1_000_000_000_000n}],
  );
  await assert.rejects(network.submit("alice", call("Balances.give")), /there is no call/);
  const misspelt = call("System.remark", {remrk: "0x"});
  await assert.rejects(network.submit("alice", misspelt), /no argument remrk, only remark/);
  for (const value of [1n << 128n, -1n, 0.5]) {
    const transfer = call("Balances.transfer_keep_alive", {dest: "bob", value});
    await assert.rejects(
      network.submit("alice", transfer),
      /^Error: Balances.transfer_keep_alive: value: /,
    );
  }
  await network.stop();
});

test("a parameter that its type cannot hold, or that the balances contradict, starts no network", async () => {
  for (const parameters of [
    {bond: 1n << 128n},
    {session: 2 ** 32},
    {slot: -2},
    {ed: "2000000PHA"},
  ]) {
    await assert.rejects(startNetwork({parameters}), /expected|below the existential deposit/);
  }
});

test("in a line each node talks to its neighbours only, and blocks reach the other end", async () => {
  const network = await startNetwork({invulnerables: 4, topology: "line"});
  await network.advanceTo(8);
  assert.deepEqual(
    network.nodes.map(({peers}) => peers),
    [1, 2, 2, 1],
  );
  assert.ok(network.nodes.every(({finalityLag}) => finalityLag <= 3));
  await network.stop();
});

test("a node killed and started again goes on with what it kept, and signs nothing twice", async () => {
  const network = await startNetwork({invulnerables: 4});
  await network.advanceTo(6);
  const node = network.node("collator-2");
  await node.kill();
  assert.equal(node.isRunning, false);
  await network.advance({blocks: 6});
  await node.restart();
  assert.ok(node.best >= 6);
  await network.advanceUntil("it is back", () => node.best === network.node("collator-1").best);
  const again = node.best;
  await network.advance({blocks: 6});
  assert.ok(node.authored().some(number => number > again));
  assert.deepEqual(network.node("collator-1").equivocations(), {blocks: [], votes: []});
  network.assertSound();
  await network.stop();
});

test("a clock that is slow by half a minute costs its node its turns, and put right it has them back", async () => {
  const network = await startNetwork({invulnerables: 4});
  await network.advanceTo(4);
  const node = network.node("collator-3");
  node.skewClock(-30_000);
  const from = network.at().number;
  await network.advance(20_000);
  const during = network.node("collator-1").authored("collator-3");
  assert.deepEqual(
    during.filter(number => number > from),
    [],
  );
  node.skewClock(0);
  await network.advance(60_000);
  const after = network.node("collator-1").authored("collator-3");
  assert.ok(after.length > during.length);
  network.assertSound();
  await network.stop();
});

test("a transaction that was lost with its node does not stop the account's next one", async () => {
  const network = await startNetwork({invulnerables: 3});
  const [, , last] = network.nodes;
  const remark = (text: string) => call("System.remark_with_event", {remark: text});
  await network.advance({blocks: 2});
  last!.cutOff();
  const lost = await network.send(last!.name, remark("0x01"));
  await last!.kill();
  network.heal();
  await last!.restart();
  const found = await network.submit(last!.name, remark("0x02"));
  assert.equal(found.error, undefined);
  assert.equal((await network.send(last!.name, remark("0x03"))).nonce, lost.nonce + 1);
  assert.equal((await network.send(last!.name, remark("0x04"))).nonce, lost.nonce + 2);
  await network.stop();
});

test("trouble between nodes that are not there is refused by name", async () => {
  const network = await startNetwork({invulnerables: 2});
  assert.throws(() => network.setLoss(1, ["collator-1", "colator-2"]), /no node colator-2/);
  assert.throws(() => network.setDelay({min: 1, max: 2}, ["a", "collator-1"]), /no node a/);
  await network.stop();
});
