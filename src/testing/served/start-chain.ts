import {nearestName} from "#base";
import {steadyClock} from "#core";
import {createMemoryHub} from "#network";
import {type RunningNode, startNode} from "#node";
import type {ChainOptions, TestChain} from "../chain-api.ts";
import {traceLevel} from "../traces/trace-level.ts";
import {nodeSetup, nodeSurroundings} from "./node-setup.ts";
import {readyTestChain} from "./ready-chain.ts";
import {ServedChain} from "./served-chain.ts";

export const CHAIN_OPTIONS = [
  "chain",
  "seal",
  "nodes",
  "accounts",
  "port",
  "parameters",
  "set",
  "code",
  "trace",
];
const SEALS = ["instant", "manual", "slots"];
/** As on one machine; a delay of nothing would hide what only shows when messages cross. */
const DELAY = {min: 1, max: 3};
const MOST_NODES = 32;

/** Starts a chain in this process; resolves when clients can connect. */
export async function startChain(options: ChainOptions = {}): Promise<TestChain> {
  checkOptions("startChain", options, CHAIN_OPTIONS);
  const {nodes: count = 1, port = 0} = options;
  if (!Number.isSafeInteger(count) || count < 1 || count > MOST_NODES) {
    throw new Error(`startChain: nodes is 1 to ${MOST_NODES}, not ${count}`);
  }
  if (!Number.isSafeInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`startChain: port is 0 to 65535, not ${port}`);
  }
  const seal = sealOf(options, count);
  const level = traceLevel(options.trace, process.env);
  const ready = await readyTestChain(options);
  const hub = createMemoryHub({clock: steadyClock, random: Math.random, delay: DELAY});
  const running: RunningNode[] = [];
  let chain: ServedChain | undefined;
  const surroundings = nodeSurroundings(ready, hub, report => chain?.fail(report));
  for (let index = 0; index < count; index++) {
    const place = {index, count, port: index === 0 ? port : 0, seal};
    const started = await startNode(nodeSetup(ready, place), surroundings);
    if (!started.ok) {
      await Promise.all(running.map(node => node.stop()));
      throw new Error(started.error);
    }
    running.push(started.value);
  }
  chain = new ServedChain(ready, seal, running, level);
  return chain;
}

function sealOf({seal}: ChainOptions, count: number): NonNullable<ChainOptions["seal"]> {
  if (seal !== undefined && !SEALS.includes(seal)) {
    throw new Error(`startChain: seal is one of ${SEALS.join(", ")}, not ${String(seal)}`);
  }
  if (count === 1) return seal ?? "instant";
  if (seal !== undefined && seal !== "slots") {
    throw new Error(`startChain: ${count} nodes take turns by slots, so seal cannot be ${seal}`);
  }
  return "slots";
}

/** A misspelt option would be without effect, and the test would go on with another chain than it is about. */
export function checkOptions(what: string, options: object, known: readonly string[]): void {
  const strange = Object.keys(options).find(name => !known.includes(name));
  if (strange === undefined) return;
  const nearest = nearestName(strange, known);
  const hint = nearest === undefined ? `it takes ${known.join(", ")}` : `did you mean ${nearest}?`;
  throw new Error(`${what} has no option ${strange}: ${hint}`);
}
