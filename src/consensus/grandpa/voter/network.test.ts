import assert from "node:assert/strict";
import {test} from "node:test";
import {decode, encode} from "#codec";
import {gossipMessage, signingPayload} from "../index.ts";
import {headerOn, logItem, refOf} from "../test-kit/chain.ts";
import {key, sign} from "../test-kit/crypto.ts";
import {TestNetwork} from "../test-kit/network.ts";

const lags = (network: TestNetwork) =>
  network.nodes
    .filter(node => node.online)
    .map(node => node.chain.best.number - node.chain.finalized.number);

function assertCaughtUp(network: TestNetwork, most = 3): void {
  const lag = Math.max(...lags(network));
  assert.ok(lag <= most, `finality is ${lag} blocks behind: ${lags(network)}`);
}

test("voters finalize a growing chain at most three blocks behind its head", () => {
  for (const voters of [2, 4, 7]) {
    const network = new TestNetwork({seed: voters, voters});
    network.startAuthoring();
    for (let slot = 0; slot < 40; slot++) {
      network.run(500);
      assertCaughtUp(network);
    }
    for (const node of network.nodes) {
      assert.ok(node.chain.best.number >= 35);
      assert.deepEqual(
        node.reports.filter(({change}) => change < -50),
        [],
        "honest peers are not punished",
      );
    }
  }
});

test("with more than a third silent finality stands, says what it waits for, and resumes with them", () => {
  const network = new TestNetwork({seed: 11, voters: 4});
  const [a, b] = network.nodes.slice(2) as [TestNetwork["nodes"][0], TestNetwork["nodes"][0]];
  network.startAuthoring();
  network.run(3_000);
  network.stop(a);
  network.stop(b);
  network.run(2_000);
  const stood = network.lowestFinalized;
  network.run(60_000);
  assert.equal(network.lowestFinalized, stood);
  const words = network.nodes[0]!.events.filter(event => event.includes("3 needed"));
  assert.ok(words.length > 0 && words.length < 20, `${words.length} lines`);
  network.restart(a);
  network.restart(b);
  network.run(10_000);
  assertCaughtUp(network);
});

test("everybody restarts at once from disk and goes on", () => {
  const network = new TestNetwork({seed: 12, voters: 4});
  network.startAuthoring();
  for (let times = 0; times < 5; times++) {
    network.run(1_700 + 130 * times);
    for (const node of network.nodes) network.stop(node);
    network.run(200);
    for (const node of network.nodes) network.restart(node);
    network.run(5_000);
    assertCaughtUp(network);
  }
});

test("a voter that was away for many rounds catches up with them", () => {
  const network = new TestNetwork({seed: 13, voters: 4});
  const away = network.nodes[3]!;
  network.startAuthoring();
  network.run(1_000);
  network.stop(away);
  network.run(20_000);
  network.restart(away);
  network.run(4_000);
  assertCaughtUp(network);
  const rounds = network.nodes.map(node => node.voter.status.round);
  assert.ok(
    rounds.every(round => Math.abs(round - rounds[0]!) <= 1),
    `${rounds}`,
  );
  assert.ok(away.events.some(event => event.includes("caught up")));
});

test("watching nodes pass votes on: voters that only watchers connect agree", () => {
  const isVoter = (node: number) => node < 4;
  const linked = (a: number, b: number) => !(isVoter(a) && isVoter(b));
  const roles = [4, 4, 4, 4, 1, 1];
  const network = new TestNetwork({seed: 14, voters: 4, nodes: 6, linked, roles});
  network.startAuthoring();
  network.run(20_000);
  assertCaughtUp(network);
});

test("a light peer gets every commit and no vote", () => {
  const roles = [4, 4, 4, 2];
  const network = new TestNetwork({seed: 15, voters: 3, nodes: 4, roles});
  const toLight = new Map<string, number>();
  network.tamper = (_, to, bytes) => {
    const {type} = (decode(gossipMessage, bytes) as {ok: true; value: {type: string}}).value;
    if (to === 3) toLight.set(type, (toLight.get(type) ?? 0) + 1);
    return bytes;
  };
  network.startAuthoring();
  network.run(10_000);
  assertCaughtUp(network);
  assert.deepEqual([...toLight.keys()].sort(), ["Commit", "Neighbour"]);
  assert.ok(toLight.get("Commit")! >= network.nodes[3]!.finalizations.length);
});

test("a scheduled change hands over to other voters, and one left behind follows", () => {
  const network = new TestNetwork({seed: 16, voters: 4, nodes: 7});
  const away = network.nodes[6]!;
  network.startAuthoring();
  network.run(3_000);
  network.stop(away);
  for (const delay of [0, 2, 0]) {
    const from = network.nodes[0]!.voter.sets.setId % 4;
    const nextAuthorities = [0, 1, 2].map(i => ({id: key(from + i), weight: 1}));
    const log = logItem({type: "ScheduledChange", value: [{nextAuthorities, delay}]});
    network.author(network.nodes[0]!, [log]);
    network.run(6_000);
  }
  assert.deepEqual(network.nodes[1]!.setChanges, [1, 2, 3]);
  network.restart(away);
  network.run(10_000);
  assert.deepEqual(away.setChanges, [1, 2, 3]);
  assertCaughtUp(network);
  const {changes} = away.voter.sets;
  for (const {setId, last} of changes) {
    const proof = away.finalizations.find(({block}) => block.number === last.number);
    assert.equal(proof?.setId, setId, "the end of each set is justified by itself");
  }
});

test("a forced change gives finality to other voters when the old ones are gone", () => {
  const network = new TestNetwork({seed: 17, voters: 4, nodes: 6});
  network.startAuthoring();
  network.run(3_000);
  for (const node of network.nodes.slice(1, 4)) network.stop(node);
  // In the middle of a slot, when all have the same head.
  network.run(5_250);
  const stood = network.lowestFinalized;
  const nextAuthorities = [4, 5].map(n => ({id: key(n), weight: 1}));
  const value: [number, {nextAuthorities: typeof nextAuthorities; delay: number}] = [
    stood,
    {nextAuthorities, delay: 4},
  ];
  network.author(network.nodes[0]!, [logItem({type: "ForcedChange", value})]);
  network.run(500);
  const signed = network.nodes[0]!.guard.signed.size;
  network.run(8_000);
  assert.equal(network.nodes[0]!.guard.signed.size, signed, "the old set is quiet");
  assert.ok(network.lowestFinalized > stood + 4);
  assertCaughtUp(network);
  assert.ok(network.nodes[5]!.finalizations.some(({setId}) => setId === 1));
});

test("who votes twice is proved to, and finality goes on", () => {
  const network = new TestNetwork({seed: 18, voters: 4});
  const liar = 3;
  network.tamper = (from, to, bytes) => {
    const decoded = decode(gossipMessage, bytes);
    if (from !== liar || to === 0 || !decoded.ok || decoded.value.type !== "Vote") return bytes;
    const {round, setId, vote} = decoded.value.value;
    const node = network.nodes[liar]!;
    if (vote.id[1] !== liar || vote.message.type === "PrimaryPropose") return bytes;
    // Below genesis there is none.
    if (vote.message.value.number === 0) return bytes;
    // Another block for all but one: a sibling that exists, one below.
    const parent = node.chain.header(vote.message.value.hash)!.parentHash;
    const number = vote.message.value.number - 1;
    const message = {type: vote.message.type, value: {hash: parent, number}};
    const signature = sign(vote.id, signingPayload(message, round, setId));
    return encode(gossipMessage, {
      type: "Vote",
      value: {round, setId, vote: {message, signature, id: vote.id}},
    });
  };
  network.startAuthoring();
  network.run(10_000);
  assertCaughtUp(network);
  const proofs = network.nodes.flatMap(node => node.equivocations);
  assert.ok(proofs.length > 0);
  for (const {equivocation} of proofs) {
    const {id, round, first, second} = equivocation.value;
    assert.equal(id[1], liar);
    for (const [value, signature] of [first, second]) {
      const payload = signingPayload({type: equivocation.type, value}, round, 0);
      assert.deepEqual(signature, sign(id, payload), "both votes hold");
    }
    assert.notDeepEqual(first[0], second[0]);
  }
});

test("a vote for a block that nobody has holds up nobody", () => {
  const network = new TestNetwork({seed: 19, voters: 4});
  const phantom = refOf(headerOn({hash: key(99), number: 1_000}));
  network.tamper = (from, _, bytes) => {
    const decoded = decode(gossipMessage, bytes);
    if (from !== 3 || !decoded.ok || decoded.value.type !== "Vote") return bytes;
    const {round, setId, vote} = decoded.value.value;
    if (vote.id[1] !== 3 || vote.message.type === "PrimaryPropose") return bytes;
    const message = {type: vote.message.type, value: phantom};
    const signature = sign(vote.id, signingPayload(message, round, setId));
    return encode(gossipMessage, {
      type: "Vote",
      value: {round, setId, vote: {message, signature, id: vote.id}},
    });
  };
  network.startAuthoring();
  network.run(10_000);
  assert.ok(Math.max(...lags(network).slice(0, 3)) <= 3, `${lags(network)}`);
});
