/** (t) What pruning costs a chain of empty blocks, each of them final at once, and what a database takes that keeps 256 states. */
import {makeBlock, openBenchNode} from "./bench-node.ts";
import type {Figure} from "./figure.ts";
import {packedSize} from "./packed-size.ts";

/** As a node's own pruner takes at a time. */
const STEP = 256;
const WINDOW = {kind: "window", blocks: 256} as const;
/** Blocks in one turn; the two nodes take turns, so that both have the same machine. */
const TURN = 500;

async function openChain(workers: number, isPruned: boolean) {
  const pruning = isPruned ? {states: WINDOW, blocks: WINDOW} : {};
  const node = await openBenchNode({accounts: [], workers, pruning});
  const spent = {total: 0, pruning: 0, steps: 0};
  const turn = async () => {
    const began = performance.now();
    for (let i = 0; i < TURN; i++) {
      await node.chain.room();
      await makeBlock(node);
      const final = node.chain.finalize(node.chain.head.hash, undefined);
      if (!final.ok) throw new Error(final.error.code);
      const sweeping = performance.now();
      while (node.store.pruning.step(STEP)) spent.steps++;
      spent.pruning += performance.now() - sweeping;
    }
    await node.store.flushed();
    spent.total += performance.now() - began;
  };
  return {node, spent, turn};
}

export async function benchPruning(workers: number, blocks: number): Promise<Figure[]> {
  const all = await openChain(workers, false);
  const few = await openChain(workers, true);
  for (let made = 0; made < blocks; made += TURN) for (const {turn} of [all, few]) await turn();
  const perSecond = ({spent}: typeof all) => blocks / (spent.total / 1_000);
  const label = `${blocks.toLocaleString("en-US")} empty blocks`;
  const archive = perSecond(all);
  const {entriesRemoved} = few.node.store.pruning.status();
  await few.node.store.flushed();
  const kept = await packedSize(few.node.databaseFile);
  const figures: Figure[] = [
    {name: "(t) empty blocks made, all states kept", value: archive, unit: "blocks/s"},
    {
      name: "(t) the same, 256 states and bodies kept",
      value: perSecond(few),
      unit: "blocks/s",
      aim: {value: archive, from: "all kept"},
    },
    {name: "(t) pruning a block", value: (few.spent.pruning * 1_000) / blocks, unit: "µs"},
    {name: "(t) nodes and values that go with a block", value: entriesRemoved / blocks, unit: ""},
    {name: `(t) database after ${label}, all kept`, value: all.node.size() / 1e6, unit: "MB"},
    {
      name: "(t) the same, 256 kept",
      value: few.node.size() / 1e6,
      unit: "MB",
      aim: {value: (1.3 * kept.packed) / 1e6, atMost: true, from: "1.3 times the same, packed"},
    },
    {name: "(t) of which pages are in use", value: kept.used / 1e6, unit: "MB"},
    {name: "(t) the same keys and values, packed", value: kept.packed / 1e6, unit: "MB"},
  ];
  for (const {node} of [all, few]) await node.close();
  return figures;
}
