/** (x) Full blocks for as long as one likes on a node that keeps 256 of them: what grows. */
import {unwrap} from "#base";
import {PHA} from "#runtime";
import {type BenchNode, makeBlock, openBenchNode} from "./bench-node.ts";
import type {Figure} from "./figure.ts";
import {makeSenders, type Sender, signTransfer} from "./transfers.ts";

const WINDOW = {kind: "window", blocks: 256} as const;
const TRANSFERS = 1_000;
/** As a node's own pruner takes at a time. */
const STEP = 256;
/** The part of the time after which all that is to be kept is there, and the engine has compiled what it compiles. */
const SETTLED = 1 / 6;

interface Sample {
  readonly at: number;
  readonly database: number;
  readonly memory: number;
}

/** Each pays the next one, so that nobody's money ends. */
async function fullBlock(node: BenchNode, senders: readonly Sender[], nonce: number) {
  for (const [i, sender] of senders.entries()) {
    const to = senders[(i + 1) % senders.length]!.publicKey;
    unwrap(
      await node.pool.submit("External", signTransfer(sender, to, nonce, node.chain.genesisHash)),
    );
  }
  await node.chain.room();
  const {transactions} = await makeBlock(node);
  if (transactions !== TRANSFERS) throw new Error(`${transactions} transfers in block ${nonce}`);
  await node.chain.settled();
  unwrap(node.chain.finalize(node.chain.head.hash, undefined));
  while (node.store.pruning.step(STEP)) await node.store.room();
}

export async function benchSoak(workers: number, minutes: number): Promise<Figure[]> {
  const probe = await openBenchNode({accounts: [], workers: 1});
  const senders = makeSenders(probe.crypto, TRANSFERS);
  await probe.close();
  const node = await openBenchNode({
    accounts: senders.map(({publicKey}) => publicKey),
    balance: 1_000_000n * PHA,
    workers,
    pruning: {states: WINDOW, blocks: WINDOW},
  });
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 60_000;
  const samples: Sample[] = [];
  let blocks = 0;
  while (elapsed() < minutes) {
    await fullBlock(node, senders, blocks++);
    if (blocks % 100 !== 0) continue;
    await node.store.flushed();
    const {rss} = process.memoryUsage();
    samples.push({at: elapsed(), database: node.size(), memory: rss});
  }
  await node.close();
  const after = samples.filter(({at}) => at >= SETTLED * minutes);
  const [first, last] = [after[0], after.at(-1)];
  if (first === undefined || last === undefined) throw new Error("too short for a hundred blocks");
  const most = (of: (sample: Sample) => number) => Math.max(...after.map(of));
  const early = `${first.at.toFixed(0)} minutes`;
  const grows = (name: string, then: number, highest: number): Figure[] => [
    {name: `(x) ${name} after ${early}`, value: then / 1e6, unit: "MB"},
    {
      name: `(x) ${name}, the highest until ${last.at.toFixed(0)} minutes`,
      value: highest / 1e6,
      unit: "MB",
      aim: {value: (1.1 * then) / 1e6, atMost: true, from: `1.1 times that after ${early}`},
    },
  ];
  return [
    {name: "(x) full blocks made, final and pruned", value: blocks, unit: ""},
    {name: "(x) the same", value: (blocks * TRANSFERS) / (60 * last.at), unit: "transfers/s"},
    ...grows(
      "database",
      first.database,
      most(({database}) => database),
    ),
    ...grows(
      "memory",
      first.memory,
      most(({memory}) => memory),
    ),
  ];
}
