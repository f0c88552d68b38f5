import {millis, seededRandom, unwrap} from "#base";
import {inlineSignatures, SignatureChecks} from "#core";
import type {Ss58Prefix} from "#crypto";
import {describeRuntime} from "#description";
import {createMemoryHub} from "#network";
import {Overlay} from "#state";
import {AccountBook} from "../accounts/account-book.ts";
import {createTestCrypto} from "../accounts/test-crypto.ts";
import type {NetworkOptions, NodeNames, TestNetwork} from "../api.ts";
import {checkOptions} from "../served/check-options.ts";
import {VirtualTime} from "../time/virtual-time.ts";
import {call} from "../transactions/call.ts";
import {MemoryNetwork} from "./memory-network.ts";
import type {Names} from "./network-chain.ts";
import {ownChain} from "./own-chain.ts";
import {rehearsedChain} from "./rehearsed-chain.ts";

/** A round moment in 2023: slots of any usual length begin at it. */
const START = millis(1_700_000_000_000);
const USUAL_DELAY = {min: 1, max: 20};
const READY_WITHIN = 60_000;
const NETWORK_OPTIONS = [
  "invulnerables",
  "candidates",
  "observers",
  "endowed",
  "parameters",
  "chain",
  "set",
  "proofSize",
  "seed",
  "delay",
  "topology",
] as const satisfies readonly (keyof NetworkOptions)[];

/** Starts the nodes; resolves when each has peers and all candidates have registered. */
export async function startNetwork(options: NetworkOptions = {}): Promise<TestNetwork> {
  checkOptions("startNetwork", options, NETWORK_OPTIONS);
  const {seed = 1, delay = USUAL_DELAY, topology = "mesh"} = options;
  const names = namesOf(options);
  const random = seededRandom(seed);
  const suite = await createTestCrypto(random);
  const tools = {
    crypto: suite,
    now: START,
    accountsWith: (prefix: Ss58Prefix) => new AccountBook(suite.keyPairs, prefix),
  };
  const chain =
    options.chain === undefined
      ? ownChain(options, names, tools)
      : rehearsedChain(options.chain, options, names, tools);
  const {crypto, genesis, runtimes} = chain;
  const runtime = unwrap(runtimes.runtimeOf(genesis.state));
  const host = {state: new Overlay(genesis.state), verifySignature: () => false};
  const time = new VirtualTime(START);
  const network = new MemoryNetwork(
    {seed, topology, sessionLength: chain.sessionLength ?? 0},
    {
      time,
      hub: createMemoryHub({clock: time.clock, random, delay}),
      random,
      signatures: new SignatureChecks(crypto, inlineSignatures(crypto)),
      ...chain,
      description: unwrap(describeRuntime(runtime, host)),
      version: runtime.version,
    },
  );
  network.enlist([...names.invulnerables, ...names.candidates, ...names.observers]);
  for (const node of network.nodes) await node.restart();
  if (network.nodes.length > 1) {
    const haveMet = () => network.nodes.every(({peers}) => peers > 0);
    await network.advanceUntil("all nodes have peers", haveMet, READY_WITHIN);
  }
  if (names.candidates.length > 0) await register(network, names.candidates);
  return network;
}

async function register(network: MemoryNetwork, candidates: readonly string[]): Promise<void> {
  for (const name of candidates) {
    await network.send(name, call("CollatorSelection.register_as_candidate"));
  }
  const haveRegistered = () => network.at().candidates().length >= candidates.length;
  await network.advanceUntil("all candidates have registered", haveRegistered, READY_WITHIN);
}

function namesOf({invulnerables = 4, candidates = 0, observers = 0}: NetworkOptions): Names {
  let numbered = 0;
  const named = (names: NodeNames) =>
    typeof names === "number"
      ? Array.from({length: names}, () => `collator-${++numbered}`)
      : [...names];
  const all = {
    invulnerables: named(invulnerables),
    candidates: named(candidates),
    observers: named(observers),
  };
  const names = Object.values(all).flat();
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two nodes are called ${twice}`);
  if (all.invulnerables.length === 0) throw new Error("a chain needs an invulnerable");
  return all;
}
