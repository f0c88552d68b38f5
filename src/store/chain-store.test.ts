import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {memoryState} from "#state";
import {
  CHILD,
  childBlock,
  genesisBlock,
  hash,
  NUMBER_KEY,
  spreadKey,
  u32,
} from "./chain-for-tests.ts";
import type {ChainStore} from "./chain-store.ts";
import type {NewBlock} from "./new-block.ts";
import {createMemoryChainStore} from "./open-chain-store.ts";

function extend(
  chain: ChainStore,
  parent: {hash: Uint8Array; number: number},
  {fork = 0, best = true} = {},
): NewBlock {
  const block = childBlock(parent, chain.stateAt(parent.hash)!, fork);
  unwrap(chain.commit(block, {best}));
  return block;
}

const numbersOf = (blocks: readonly {number: number}[] | undefined) => blocks?.map(b => b.number);

test("a committed block is there at once: header, body, state, place on the best chain", async () => {
  const chain = await createMemoryChainStore(genesisBlock(), hash);
  const block = extend(chain, chain.genesis);
  assert.deepEqual(chain.best, {hash: block.hash, number: 1});
  assert.deepEqual(chain.blocks.record(block.hash)?.header, block.header);
  assert.deepEqual(chain.blocks.body(block.hash), block.body);
  assert.deepEqual(chain.blocks.canonical(1), block.hash);
  assert.deepEqual(chain.stateAt(block.hash)?.get(NUMBER_KEY), u32(1));
  assert.deepEqual(chain.stateAt(chain.genesis.hash)?.get(NUMBER_KEY), u32(0));
  await chain.close();
});

test("every state of a long chain stays readable, whatever memory dropped", async () => {
  const chain = await createMemoryChainStore(genesisBlock(), hash, {maxResidentNodes: 50});
  const blocks: NewBlock[] = [];
  for (let i = 0; i < 200; i++) blocks.push(extend(chain, chain.best));
  for (const block of blocks) {
    const state = chain.stateAt(block.hash)!;
    assert.deepEqual(state.get(NUMBER_KEY), u32(block.number));
    assert.deepEqual(state.get(spreadKey(block.number * 7)), u32(block.number * 1_000));
    assert.equal(bytesToHex(state.root()), bytesToHex(block.state.root()));
    assert.deepEqual(state.child(CHILD).get(NUMBER_KEY), u32(block.number));
  }
  await chain.close();
});

test("a state without an entry is a state", async () => {
  const state = memoryState([], hash);
  const header = state.root();
  const first = {hash: header, number: 0, parentHash: header, header, body: [], state};
  const chain = await createMemoryChainStore(first, hash);
  assert.deepEqual(chain.stateAt(first.hash)?.root(), header);
  const next = childBlock(first, chain.stateAt(first.hash)!);
  unwrap(chain.commit(next, {best: true}));
  assert.deepEqual(chain.stateAt(next.hash)?.get(NUMBER_KEY), u32(1));
  await chain.close();
});

test("a change of forks names the blocks that left the best chain and those that joined it", async () => {
  const chain = await createMemoryChainStore(genesisBlock(), hash);
  const first = extend(chain, chain.genesis);
  const left = extend(chain, extend(chain, first));
  const right2 = extend(chain, first, {fork: 1, best: false});
  const right3 = extend(chain, right2, {fork: 1, best: false});
  const right4 = childBlock(right3, chain.stateAt(right3.hash)!, 1);
  assert.deepEqual(chain.best.hash, left.hash);
  const change = unwrap(chain.commit(right4, {best: true}));
  assert.deepEqual(numbersOf(change?.retracted), [3, 2]);
  assert.deepEqual(
    change?.enacted.map(block => bytesToHex(block.hash)),
    [bytesToHex(right2.hash), bytesToHex(right3.hash), bytesToHex(right4.hash)],
  );
  assert.deepEqual(chain.blocks.canonical(2), right2.hash);
  assert.equal(chain.blocks.hashesAt(2).length, 2);
  assert.equal(chain.blocks.children(first).length, 2);
  assert.deepEqual(numbersOf(chain.blocks.leaves(0)), [3, 4]);
  const back = unwrap(chain.setBest(left.hash));
  assert.deepEqual(numbersOf(back.retracted), [4, 3, 2]);
  assert.equal(chain.blocks.canonical(4), undefined);
  await chain.close();
});

test("what is final cannot be left, and takes the best chain along", async () => {
  const chain = await createMemoryChainStore(genesisBlock(), hash);
  const first = extend(chain, chain.genesis);
  extend(chain, first);
  const right = extend(chain, first, {fork: 1, best: false});
  const change = unwrap(chain.finalize(right.hash, u32(7)));
  assert.deepEqual(numbersOf(change?.enacted), [2]);
  assert.deepEqual(chain.best.hash, right.hash);
  assert.deepEqual(chain.finalized, {hash: right.hash, number: 2});
  assert.deepEqual(chain.blocks.justifications(right.hash), u32(7));
  const rival = childBlock(first, chain.stateAt(first.hash)!, 2);
  const refused = chain.commit(rival, {best: true});
  assert.ok(!refused.ok && refused.error.code === "below-finalized");
  assert.ok(chain.commit(rival, {best: false}).ok);
  assert.equal(chain.setBest(rival.hash).ok, false);
  assert.equal(chain.finalize(rival.hash).ok, false);
  assert.equal(chain.finalize(first.hash).ok, false);
  await chain.close();
});

test("a block without its parent, or unknown, is refused", async () => {
  const chain = await createMemoryChainStore(genesisBlock(), hash);
  const orphan = {
    ...childBlock(chain.genesis, chain.stateAt(chain.genesis.hash)!),
    parentHash: u32(9),
  };
  const refused = chain.commit(orphan, {best: true});
  assert.ok(!refused.ok && refused.error.code === "block-unknown");
  assert.equal(chain.setBest(orphan.hash).ok, false);
  assert.equal(chain.stateAt(orphan.hash), undefined);
  await chain.close();
});

test("a block committed again changes nothing but may become best", async () => {
  const chain = await createMemoryChainStore(genesisBlock(), hash);
  const block = extend(chain, chain.genesis, {best: false});
  await chain.flushed();
  assert.deepEqual(unwrap(chain.commit(block, {best: false})), undefined);
  await chain.flushed(block.hash);
  assert.deepEqual(numbersOf(unwrap(chain.commit(block, {best: true}))?.enacted), [1]);
  assert.equal(chain.blocks.hashesAt(1).length, 1);
  await chain.close();
});

test("one genesis state begins many chains", async () => {
  const genesis = genesisBlock();
  const chains = [
    await createMemoryChainStore(genesis, hash),
    await createMemoryChainStore(genesis, hash),
  ];
  for (const chain of chains) {
    assert.deepEqual(chain.stateAt(genesis.hash)?.get(spreadKey(5)), u32(0));
    extend(chain, chain.genesis);
  }
});

test("values of the node's own are kept by name", async () => {
  const chain = await createMemoryChainStore(genesisBlock(), hash);
  assert.equal(chain.value("clock"), undefined);
  chain.setValue("clock", u32(5));
  assert.deepEqual(chain.value("clock"), u32(5));
  chain.setValue("clock", undefined);
  assert.equal(chain.value("clock"), undefined);
});

test("a rewind goes below what is final and back, and keeps the states on both ways", async () => {
  const chain = await createMemoryChainStore(genesisBlock(), hash);
  const blocks: NewBlock[] = [];
  for (let i = 0; i < 6; i++) blocks.push(extend(chain, chain.best));
  const [, second, , , fifth, sixth] = blocks;
  unwrap(chain.finalize(fifth!.hash));
  assert.equal(chain.finalAfterRewind(second!.hash)?.number, 2);
  const back = unwrap(chain.rewindTo(second!.hash, new Map([["votes", u32(7)]])));
  assert.deepEqual(numbersOf(back.retracted), [6, 5, 4, 3]);
  assert.deepEqual([chain.best.number, chain.finalized.number], [2, 2]);
  assert.deepEqual(chain.blocks.canonical(3), undefined);
  assert.deepEqual(chain.value("votes"), u32(7));

  const other = extend(chain, chain.best, {fork: 1});
  unwrap(chain.finalize(other.hash));
  const forth = unwrap(chain.rewindTo(sixth!.hash, new Map()));
  assert.deepEqual(numbersOf(forth.retracted), [3]);
  assert.deepEqual(numbersOf(forth.enacted), [3, 4, 5, 6]);
  assert.deepEqual([chain.best.number, chain.finalized.number], [6, 2]);
  assert.deepEqual(chain.stateAt(chain.best.hash)?.get(NUMBER_KEY), u32(6));
  assert.deepEqual(chain.stateAt(other.hash)?.get(NUMBER_KEY), u32(3));
  assert.equal(chain.rewindTo(hash(u32(99)), new Map()).ok, false);
  await chain.close();
});
