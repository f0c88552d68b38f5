import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {childBlock, genesisBlock, hash, u32} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {keys} from "./keys.ts";
import {MemoryStore} from "./memory-store.ts";

const genesis = genesisBlock();

async function grown(to: number) {
  const store = new MemoryStore();
  await ChainStore.begin(store, genesis, hash);
  const chain = ChainStore.over(store, hash);
  for (let i = 0; i < to; i++) extend(chain);
  await chain.flushed();
  return {store, chain};
}

function extend(chain: ChainStore, on = chain.best, fork = 0) {
  const block = childBlock(on, chain.stateAt(on.hash)!, fork);
  unwrap(chain.commit(block, {best: fork === 0}));
  return block;
}

/** All but how many places were given, which only rises. */
const entriesOf = (store: MemoryStore) =>
  [...store.range({from: ""})].filter(([key]) => key !== keys.meta("last-place"));

test("after a revert the database holds what it held before those blocks came, forks among them", async () => {
  const {store, chain} = await grown(10);
  const before = entriesOf(store);
  for (let i = 0; i < 6; i++) extend(chain);
  const fork = extend(chain, {hash: chain.blocks.canonical(10)!, number: 10}, 1);
  extend(chain, fork, 2);
  await chain.flushed();
  const removed = chain.revertTo(10);
  await chain.flushed();
  assert.equal(removed.length, 8);
  assert.deepEqual(entriesOf(store), before);
  const opened = ChainStore.over(store, hash);
  assert.equal(opened.best.number, 10);
  for (let i = 0; i < 6; i++) extend(opened);
  assert.equal(opened.best.number, 16);
  assert.deepEqual(opened.stateAt(opened.best.hash)!.get("number"), u32(16));
});

test("what is final is not reverted", async () => {
  const {chain} = await grown(5);
  unwrap(chain.finalize(chain.blocks.canonical(3)!));
  assert.throws(() => chain.revertTo(2), /final/);
  assert.equal(chain.revertTo(3).length, 2);
});
