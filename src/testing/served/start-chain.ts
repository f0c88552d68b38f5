import {steadyClock} from "#core";
import {createMemoryHub} from "#network";
import {type RunningNode, startNode} from "#node";
import type {ChainOptions, TestChain} from "../chain-api.ts";
import {traceLevel} from "../traces/trace-level.ts";
import {checkOptions} from "./check-options.ts";
import {nodeSetup, nodeSurroundings} from "./node-setup.ts";
import {readyTestChain} from "./ready-chain.ts";
import {ServedChain} from "./served-chain.ts";

/** As on one machine; a delay of nothing would hide what only shows when messages cross. */
const DELAY = {min: 1, max: 3};

/** Starts a chain in this process; resolves when clients can connect. */
export async function startChain(options: ChainOptions = {}): Promise<TestChain> {
  checkOptions("startChain", options);
  const {nodes: count = 1, port = 0} = options;
  const seal = options.seal ?? (count === 1 ? "instant" : "slots");
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
