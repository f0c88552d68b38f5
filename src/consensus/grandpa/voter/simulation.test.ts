import assert from "node:assert/strict";
import {test} from "node:test";
import {equalBytes} from "#base";
import {decode, encode} from "#codec";
import {gossipMessage, signingPayload} from "../index.ts";
import {key, seeded, sign} from "../test-kit/crypto.ts";
import {TestNetwork} from "../test-kit/network.ts";

/** The network itself throws when two nodes finalize conflicting blocks or one votes twice in a round. */
const RUNS = 220;

interface Plan {
  readonly voters: number;
  readonly nodes: number;
  readonly loss: number;
  readonly delay: number;
  /** Nodes below this are one side of the cut. */
  readonly cut: number;
  /** Does anybody notice the cut, i.e. do connections end and begin again? */
  readonly noticed: boolean;
  readonly restarted: number;
  /** One voter that signs whatever it likes, and other things to others. */
  readonly liar: number | undefined;
}

function planOf(seed: number): Plan {
  const random = seeded(seed * 7 + 3);
  const pick = <T>(...of: T[]): T => of[Math.floor(random() * of.length)]!;
  const voters = pick(4, 5, 6, 7);
  const nodes = voters + pick(0, 0, 1);
  return {
    voters,
    nodes,
    loss: pick(0, 0, 0.05, 0.2),
    delay: pick(20, 60, 150),
    cut: 1 + Math.floor(random() * (nodes - 1)),
    noticed: random() < 0.5,
    restarted: Math.floor(random() * nodes),
    liar: pick(undefined, 0, 3),
  };
}

/** Every vote of the liar becomes, half of the time, a vote for any block that it knows. */
function lie(network: TestNetwork, liar: number): void {
  network.tamper = (from, _, bytes) => {
    const decoded = decode(gossipMessage, bytes);
    if (from !== liar || network.random() < 0.5) return bytes;
    if (!decoded.ok || decoded.value.type !== "Vote") return bytes;
    const {round, setId, vote} = decoded.value.value;
    if (!equalBytes(vote.id, key(liar))) return bytes;
    const blocks = [...network.nodes[liar]!.chain.headers.values()].slice(-8);
    const {ref} = blocks[Math.floor(network.random() * blocks.length)]!;
    const message = {type: vote.message.type, value: ref};
    const signature = sign(vote.id, signingPayload(message, round, setId));
    const lied = {round, setId, vote: {message, signature, id: vote.id}};
    return encode(gossipMessage, {type: "Vote", value: lied});
  };
}

function simulate(seed: number): void {
  const plan = planOf(seed);
  const network = new TestNetwork({seed, ...plan});
  if (plan.liar !== undefined) lie(network, plan.liar);
  network.startAuthoring();
  network.run(1_500 + (seed % 5) * 50);
  network.group = node => (node < plan.cut ? 0 : 1);
  network.run(1_500);
  const restarted = network.nodes[plan.restarted]!;
  network.stop(restarted);
  network.run(300);
  network.group = () => 0;
  network.restart(restarted);
  const pairs = network.nodes.flatMap(a =>
    network.nodes.slice(a.index + 1).map(b => [a, b] as const),
  );
  if (plan.noticed) {
    for (const [a, b] of pairs) {
      network.disconnect(a, b);
      network.connect(a, b);
    }
  }
  for (const node of network.nodes) network.announce(node);
  const most = plan.loss > 0 ? 6 : 3;
  const lag = () =>
    Math.max(...network.nodes.map(node => node.chain.best.number - node.chain.finalized.number));
  for (let waited = 0; waited < 20_000 && (waited < 2_500 || lag() > most); waited += 500) {
    network.run(500);
  }
  assert.ok(
    lag() <= most,
    `seed ${seed}: finality ${lag()} blocks behind; ${JSON.stringify(plan)}`,
  );
  const errors = network.nodes.flatMap(node =>
    node.events.filter(event => event.startsWith("error")),
  );
  assert.deepEqual(errors, [], `seed ${seed}`);
  const cruel = network.nodes.flatMap(node => node.reports.filter(({change}) => change <= -1_000));
  assert.deepEqual(cruel, [], `seed ${seed}: honest peers are not punished`);
}

test("cut, lossy and restarting networks never contradict themselves and heal by themselves", () => {
  for (let seed = 1; seed <= RUNS; seed++) simulate(seed);
});

/** Sides change all the time, every voter has another best chain at every moment: only safety is asked for. */
function storm(seed: number): number {
  const random = seeded(seed);
  const voters = 4 + (seed % 4);
  const network = new TestNetwork({seed, voters, forks: 0.7, loss: 0.2, delay: 150, slot: 150});
  if (seed % 2 === 0) lie(network, 0);
  for (const node of network.nodes) node.chain.fickle = random;
  network.startAuthoring();
  for (let turn = 0; turn < 15; turn++) {
    // Now and then one side is large enough to go on, so that the others come back to what it did.
    const split = random() < 0.5 ? 0.85 : 0.5;
    const sides = network.nodes.map(() => (random() < split ? 0 : 1));
    network.group = node => sides[node]!;
    network.run(300 + 900 * random());
    for (const node of network.nodes) if (random() < 0.5) network.announce(node);
  }
  return network.lowestFinalized;
}

test("in a storm of forks and cuts no two nodes finalize different blocks", () => {
  let finalized = 0;
  for (let seed = 1; seed <= 150; seed++) finalized += storm(seed);
  assert.ok(finalized > 150, `${finalized} blocks were finalized meanwhile`);
});
