import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
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
import {chainFolders} from "./layout.ts";
import type {NewBlock} from "./new-block.ts";
import {createMemoryChainStore, openChainStore} from "./open-chain-store.ts";

const root = mkdtempSync(join(tmpdir(), "khala-leap-"));
after(() => rmSync(root, {recursive: true}));
const genesis = genesisBlock();

/** The chain that others have: fifty blocks. */
const source = await createMemoryChainStore(genesis, hash);
const blocks: NewBlock[] = [genesis];
for (let i = 0; i < 50; i++) blocks.push(extend(source));

function extend(chain: ChainStore, fork = 0): NewBlock {
  const block = childBlock(chain.best, chain.stateAt(chain.best.hash)!, fork);
  unwrap(chain.commit(block, {best: true}));
  return block;
}

function fillTo(chain: ChainStore, lowest: number): void {
  for (let number = chain.gap!.below.number - 1; number >= lowest; number--) {
    const block = blocks[number]!;
    assert.equal(chain.fillHistory(block, block.state.root()), true);
  }
}

function open(name: string) {
  const folders = chainFolders(join(root, name), "test");
  return openChainStore(folders, {hash: genesis.hash, build: () => genesis}, hash);
}

test("after a leap the chain goes on from there, and nothing between is known", async () => {
  const chain = await createMemoryChainStore(genesis, hash);
  const target = blocks[40]!;
  chain.leapTo(target, {
    justifications: [
      [target.hash, u32(1)],
      [blocks[20]!.hash, u32(2)],
    ],
    own: new Map([["voters", u32(3)]]),
  });
  assert.deepEqual(chain.best, {hash: target.hash, number: 40});
  assert.deepEqual(chain.finalized, chain.best);
  assert.deepEqual(chain.blocks.justifications(target.hash), u32(1));
  assert.deepEqual(chain.blocks.justifications(blocks[20]!.hash), u32(2));
  assert.deepEqual(chain.value("voters"), u32(3));
  assert.deepEqual(chain.gap, {above: 0, below: {hash: target.hash, number: 40}});
  assert.equal(chain.blocks.canonical(39), undefined);
  assert.deepEqual(chain.stateAt(target.hash)?.get(NUMBER_KEY), u32(40));
  assert.deepEqual(chain.stateAt(target.hash)?.child(CHILD).get(NUMBER_KEY), u32(40));
  for (const block of blocks.slice(41)) unwrap(chain.commit(block, {best: true}));
  assert.equal(chain.best.number, 50);
  assert.deepEqual(chain.stateAt(chain.best.hash)?.get(spreadKey(350)), u32(50_000));
});

test("history is taken from the top downwards and no other way, and has no states", async () => {
  const chain = await createMemoryChainStore(genesis, hash);
  chain.leapTo(blocks[10]!);
  const root = u32(0);
  assert.equal(chain.fillHistory(blocks[8]!, root), false);
  assert.equal(chain.fillHistory({...blocks[9]!, hash: u32(7)}, root), false);
  fillTo(chain, 1);
  assert.equal(chain.gap, undefined);
  for (let number = 0; number <= 10; number++) {
    assert.deepEqual(chain.blocks.canonical(number), blocks[number]!.hash);
    assert.deepEqual(chain.blocks.body(blocks[number]!.hash), blocks[number]!.body);
  }
  assert.equal(chain.stateAt(blocks[5]!.hash), undefined);
  assert.notEqual(chain.stateAt(genesis.hash), undefined);
  assert.equal(chain.fillHistory(blocks[1]!, root), false);
});

test("blocks of a fork leave the best chain with a leap, and blocks kept before it keep their states", async () => {
  const chain = await createMemoryChainStore(genesis, hash);
  for (const block of blocks.slice(1, 4)) unwrap(chain.commit(block, {best: true}));
  unwrap(chain.finalize(blocks[2]!.hash));
  extend(chain, 9);
  assert.equal(chain.best.number, 4);
  chain.leapTo(blocks[20]!);
  assert.equal(chain.blocks.canonical(3), undefined);
  assert.equal(chain.blocks.canonical(4), undefined);
  assert.deepEqual(chain.gap?.above, 2);
  fillTo(chain, 3);
  assert.equal(chain.gap, undefined);
  assert.deepEqual(chain.blocks.canonical(4), blocks[4]!.hash);
  assert.equal(chain.blocks.hashesAt(3).length, 1);
  assert.equal(chain.blocks.hashesAt(4).length, 2);
  assert.deepEqual(chain.stateAt(blocks[3]!.hash)?.get(NUMBER_KEY), u32(3));
});

test("opened again, leap and history are where they were", async () => {
  const first = unwrap(await open("again"));
  first.store.leapTo(blocks[30]!, {own: new Map([["voters", u32(1)]])});
  fillTo(first.store, 20);
  await first.close();

  const second = unwrap(await open("again"));
  assert.equal(second.store.best.number, 30);
  assert.equal(second.store.finalized.number, 30);
  assert.deepEqual(second.store.gap, {above: 0, below: {hash: blocks[20]!.hash, number: 20}});
  assert.deepEqual(second.store.value("voters"), u32(1));
  assert.deepEqual(second.store.stateAt(blocks[30]!.hash)?.get(NUMBER_KEY), u32(30));
  fillTo(second.store, 1);
  unwrap(second.store.commit(blocks[31]!, {best: true}));
  await second.close();

  const third = unwrap(await open("again"));
  assert.equal(third.store.gap, undefined);
  assert.equal(third.store.best.number, 31);
  assert.deepEqual(third.store.blocks.canonical(1), blocks[1]!.hash);
  await third.close();
});
