import assert from "node:assert/strict";
import {call, startNetwork, type TestNetwork} from "#testing";
import type {MemoryNode} from "../../src/testing/network/test-node.ts";
import {checkHistory} from "./check-history.ts";
import {describe, type Happening, type Scenario, TROUBLE} from "./scenario.ts";
import {Witness} from "./witness.ts";

/** Slots in which a mended network has to agree again: nodes that back off try at most each minute. */
const RECOVERY = 400;

/** What a run came to, for comparison with another one of the same seed. */
export interface Outcome {
  readonly blocks: number;
  readonly head: string;
  readonly kicks: number;
  /** Blocks that were made since the network stood, on whatever fork. */
  readonly made: number;
  /** Transactions that a pool refused, as happens on a fork. */
  readonly refused: number;
}

/** Runs a scenario; throws where an invariant breaks. */
export async function runScenario(scenario: Scenario): Promise<Outcome> {
  const {incidents: planned, ...options} = scenario;
  const network = await startNetwork(options);
  const nodes = network.nodes as readonly MemoryNode[];
  const witness = new Witness();
  for (const node of nodes) witness.watch(node);
  let refused = 0;
  const incidents = [...planned];
  try {
    for (let slot = 0; slot <= TROUBLE; slot++) {
      for (; incidents[0] !== undefined && incidents[0].slot <= slot; incidents.shift()) {
        const isTaken = await befall(network, incidents[0].what, witness);
        if (!isTaken) refused++;
      }
      await network.advance(network.slotDuration);
      witness.look(nodes);
    }
    await mend(network, witness);
    const isOne = () => {
      const [first, ...others] = nodes;
      const best = first!.best;
      return (
        others.every(node => node.best === best && node.hashAt(best) === first!.hashAt(best)) &&
        nodes.every(({finalityLag}) => finalityLag <= 3)
      );
    };
    await network.advanceUntil("all agree", isOne, RECOVERY * network.slotDuration);
    witness.look(nodes);
    network.assertSound();
    const kicks = checkHistory(nodes[0]!, scenario);
    const head = network.at();
    return {
      blocks: head.number,
      head: head.hash,
      kicks,
      made: witness.blocksMade,
      refused,
    };
  } catch (error) {
    const story = scenario.incidents.map(one => `  ${one.slot}: ${describe(one)}`).join("\n");
    const {seed, invulnerables, candidates, observers} = scenario;
    const who = `${invulnerables.length} invulnerables, ${candidates.length} candidates, ${observers.length} others`;
    throw new Error(`seed ${seed} (${who}):\n${story}`, {cause: error});
  } finally {
    await network.stop();
  }
}

/** False when a transaction was refused. */
async function befall(network: TestNetwork, what: Happening, witness: Witness): Promise<boolean> {
  switch (what.kind) {
    case "delay":
      network.setDelay(what);
      return true;
    case "loss":
      network.setLoss(what.share);
      return true;
    case "partition":
      network.partition(what.groups, what.how);
      return true;
    case "heal":
      network.heal();
      return true;
    case "cut-off":
      network.node(what.node).cutOff();
      return true;
    case "reconnect":
      network.node(what.node).reconnect();
      return true;
    case "silence":
      network.node(what.node).silence();
      return true;
    case "speak":
      network.node(what.node).speak();
      return true;
    case "crash":
      // One at least goes on: the test looks at the chain through somebody.
      if (network.nodes.filter(({isRunning}) => isRunning).length > 1) {
        await network.node(what.node).kill(what.how);
      }
      return true;
    case "restart":
      await restart(network, what.node, witness);
      return true;
    case "skew":
      network.node(what.node).skewClock(what);
      return true;
    case "join":
      return attempt(network, what.node, call("CollatorSelection.register_as_candidate"));
    case "leave":
      return attempt(network, what.node, call("CollatorSelection.leave_intent"));
    case "transfer": {
      const {from, to: dest, value} = what;
      return attempt(network, from, call("Balances.transfer_keep_alive", {dest, value}));
    }
  }
}

async function restart(network: TestNetwork, name: string, witness: Witness): Promise<void> {
  const node = network.node(name) as MemoryNode;
  if (node.isRunning) return;
  await node.restart();
  witness.watch(node);
}

async function attempt(
  network: TestNetwork,
  signer: string,
  what: ReturnType<typeof call>,
): Promise<boolean> {
  try {
    await network.send(signer, what);
    return true;
  } catch (error) {
    assert.match(String(error), /was refused/);
    return false;
  }
}

async function mend(network: TestNetwork, witness: Witness): Promise<void> {
  network.heal();
  network.setLoss(0);
  network.setDelay({min: 1, max: 20});
  for (const node of network.nodes) {
    await restart(network, node.name, witness);
    node.speak();
    node.skewClock(0);
  }
}
