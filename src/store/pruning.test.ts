import assert from "node:assert/strict";
import {mkdtempSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {concatBytes, unwrap} from "#base";
import {Overlay} from "#state";
import {
  CHILD,
  childBlock,
  genesisBlock,
  hash,
  NUMBER_KEY,
  spreadKey,
  u32,
} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {chainFolders, databaseFile} from "./layout.ts";
import {MemoryStore} from "./memory-store.ts";
import type {NewBlock} from "./new-block.ts";
import {createMemoryChainStore, openChainStore} from "./open-chain-store.ts";
import {KEEP_ALL, type PruningPolicy, parseStatePruning} from "./pruning-policy.ts";

const root = mkdtempSync(join(tmpdir(), "khala-pruning-"));
after(() => rmSync(root, {recursive: true}));
const genesis = genesisBlock();

function extend(chain: ChainStore, count: number): NewBlock[] {
  return Array.from({length: count}, () => {
    const block = childBlock(chain.best, chain.stateAt(chain.best.hash)!);
    unwrap(chain.commit(block, {best: true}));
    return block;
  });
}

/** A block whose state is as large as the one before: it writes over keys that there are. */
function steadyBlock(chain: ChainStore): NewBlock {
  const {best} = chain;
  const number = best.number + 1;
  const overlay = new Overlay(chain.stateAt(best.hash)!);
  for (let i = 0; i < 16; i++) overlay.set(spreadKey((number * 7 + i) % 100), u32(number));
  const {state} = overlay.outcome(0);
  const header = concatBytes(u32(number), best.hash, state.root());
  return {hash: hash(header), number, parentHash: best.hash, header, body: [u32(number)], state};
}

function finalize(chain: ChainStore, number: number): void {
  unwrap(chain.finalize(chain.blocks.canonical(number)!));
}

function sweep(chain: ChainStore): void {
  while (chain.pruning.step(50));
}

const keeping = (policy: Partial<PruningPolicy>) =>
  createMemoryChainStore(genesis, hash, {pruning: policy});
const window = (blocks: number) => ({kind: "window", blocks}) as const;

test("the last so many final states are kept, and what is above them", async () => {
  const chain = await keeping({states: window(3)});
  const blocks = [genesis, ...extend(chain, 20)];
  finalize(chain, 15);
  sweep(chain);
  for (const {hash: block, number} of blocks) {
    const state = chain.stateAt(block);
    assert.equal(state !== undefined, number >= 13, `${number}`);
    if (state !== undefined) assert.deepEqual(state.child(CHILD).get(NUMBER_KEY), u32(number));
  }
  assert.deepEqual(chain.pruning.ranges().states, [{from: 13, to: 20}]);
  assert.deepEqual(chain.pruning.ranges().bodies, [{from: 0, to: 20}]);
  assert.equal(chain.pruning.nearestState(4), 13);
});

test("what is held on to stays, with all above it, until it is let go", async () => {
  const chain = await keeping({states: window(1)});
  const blocks = extend(chain, 10);
  const release = chain.pruning.pin(blocks[3]!);
  const again = chain.pruning.pin(blocks[3]!);
  finalize(chain, 9);
  sweep(chain);
  assert.equal(chain.stateAt(blocks[2]!.hash), undefined);
  assert.deepEqual(chain.stateAt(blocks[3]!.hash)?.get(NUMBER_KEY), u32(4));
  release();
  release();
  sweep(chain);
  assert.ok(chain.stateAt(blocks[3]!.hash) !== undefined, "the other still holds it");
  again();
  sweep(chain);
  assert.equal(chain.stateAt(blocks[3]!.hash), undefined);
  assert.deepEqual(chain.pruning.ranges().states, [{from: 9, to: 10}]);
});

test("a fork that is held on to keeps what it stands on below", async () => {
  const chain = await keeping({states: window(1)});
  extend(chain, 3);
  const parent = {...chain.best};
  const fork = childBlock(parent, chain.stateAt(parent.hash)!, 7);
  extend(chain, 6);
  unwrap(chain.commit(fork, {best: false}));
  const release = chain.pruning.pin(fork);
  finalize(chain, 8);
  sweep(chain);
  const state = chain.stateAt(fork.hash)!;
  assert.equal([...state.entries()].length, [...fork.state.entries()].length);
  release();
  sweep(chain);
  assert.equal(chain.stateAt(fork.hash), undefined);
  assert.equal(chain.pruning.status().behind, 0);
});

test("a block that comes late onto a fork which is gone has no state, and harms none", async () => {
  const chain = await keeping({states: {kind: "archive-canonical"}});
  extend(chain, 2);
  const parent = {...chain.best};
  const fork = childBlock(parent, chain.stateAt(parent.hash)!, 7);
  unwrap(chain.commit(fork, {best: false}));
  const late = childBlock(fork, chain.stateAt(fork.hash)!, 7);
  extend(chain, 4);
  finalize(chain, 4);
  sweep(chain);
  unwrap(chain.commit(late, {best: false}));
  assert.equal(chain.stateAt(late.hash), undefined);
  finalize(chain, 6);
  sweep(chain);
  for (let number = 0; number <= 6; number++) {
    const state = chain.stateAt(chain.blocks.canonical(number)!)!;
    assert.ok([...state.entries()].length > 100);
  }
});

test("bodies go as asked, of forks too, and headers stay", async () => {
  const chain = await keeping({blocks: window(2)});
  extend(chain, 3);
  const fork = childBlock(chain.best, chain.stateAt(chain.best.hash)!, 7);
  unwrap(chain.commit(fork, {best: false}));
  extend(chain, 7);
  finalize(chain, 8);
  sweep(chain);
  assert.deepEqual(chain.pruning.ranges().bodies, [{from: 7, to: 10}]);
  assert.equal(chain.blocks.body(fork.hash), undefined);
  for (let number = 0; number <= 10; number++) {
    const block = chain.blocks.canonical(number)!;
    assert.equal(chain.blocks.body(block) !== undefined, number >= 7);
    assert.ok(chain.blocks.record(block)!.header.length > 0);
    assert.ok(chain.stateAt(block) !== undefined);
  }
});

test("after a leap the states from before go, and history that is filled keeps no body that would go at once", async () => {
  const source = await createMemoryChainStore(genesis, hash);
  const blocks = [genesis, ...extend(source, 40)];
  const chain = await keeping({states: window(4), blocks: window(4)});
  for (const block of blocks.slice(1, 4)) {
    unwrap(chain.commit(childBlock(chain.best, chain.stateAt(chain.best.hash)!), {best: true}));
    assert.deepEqual(chain.best.hash, block.hash);
  }
  finalize(chain, 2);
  chain.leapTo(blocks[30]!);
  sweep(chain);
  assert.equal(chain.stateAt(genesis.hash), undefined);
  assert.deepEqual(chain.stateAt(blocks[30]!.hash)?.get(NUMBER_KEY), u32(30));
  assert.deepEqual(chain.pruning.ranges().states, [{from: 30, to: 30}]);
  for (let number = 29; number >= 3; number--) {
    assert.ok(chain.fillHistory(blocks[number]!, blocks[number]!.state.root()));
  }
  sweep(chain);
  assert.deepEqual(chain.pruning.ranges().headers, [{from: 0, to: 30}]);
  assert.equal(chain.blocks.body(blocks[20]!.hash), undefined);
  assert.ok(chain.blocks.body(blocks[28]!.hash) !== undefined);
  assert.deepEqual(chain.stateAt(blocks[30]!.hash)?.get(spreadKey(210)), u32(30_000));
});

test("a database opened again goes on with the mode it had, and narrows from where it was", async () => {
  const folders = chainFolders(root, "again");
  const open = async (options: Parameters<typeof openChainStore>[3]) =>
    unwrap(
      await openChainStore(folders, {hash: genesis.hash, build: () => genesis}, hash, options),
    );
  const whenNew = {...KEEP_ALL, states: window(5)};
  const first = await open({pruningWhenNew: whenNew});
  extend(first.store, 30);
  finalize(first.store, 25);
  // The flat index goes first.
  while (first.store.pruning.status().behind === 0) first.store.pruning.step(100);
  for (let i = 0; i < 2; i++) first.store.pruning.step(100);
  const {behind} = first.store.pruning.status();
  assert.ok(behind > 0 && behind < 21, `${behind} are left to remove`);
  await first.close();

  const second = await open({pruningWhenNew: {...KEEP_ALL, states: window(9)}});
  assert.deepEqual(second.store.pruning.policy.states, window(5));
  assert.equal(second.store.stateAt(second.store.blocks.canonical(20)!), undefined);
  sweep(second.store);
  assert.equal(second.store.pruning.status().behind, 0);
  await second.close();

  const third = await open({pruning: {states: {kind: "archive"}}});
  extend(third.store, 10);
  finalize(third.store, 40);
  sweep(third.store);
  assert.deepEqual(third.store.pruning.ranges().states, [{from: 21, to: 40}]);
  await third.close();
});

test("the file does not grow with the chain where a window is kept", async () => {
  const sizeAfter = async (name: string, count: number): Promise<number> => {
    const folders = chainFolders(root, name);
    const pruning = {states: window(8), blocks: window(8)};
    const {store, close} = unwrap(
      await openChainStore(folders, {hash: genesis.hash, build: () => genesis}, hash, {pruning}),
    );
    for (let i = 0; i < count; i++) {
      unwrap(store.commit(steadyBlock(store), {best: true}));
      finalize(store, store.best.number);
      sweep(store);
      if (i % 4 === 0) await store.flushed();
    }
    await close();
    return statSync(databaseFile(folders)).size;
  };
  const [few, many] = [await sizeAfter("few", 100), await sizeAfter("many", 1_000)];
  // Headers, heights and the best chain stay: some 400 bytes a block.
  assert.ok(many < few + 900 * 1_000, `${few} bytes after 100 blocks, ${many} after 1,000`);
});

test("a rewind to where states are gone is refused, and one within them lets forks be swept again", async () => {
  const chain = await keeping({states: window(6)});
  const blocks = extend(chain, 12);
  finalize(chain, 12);
  sweep(chain);
  assert.equal(chain.finalAfterRewind(blocks[4]!.hash), undefined);
  unwrap(chain.rewindTo(blocks[8]!.hash, new Map()));
  const left = blocks.slice(9).map(({hash: block}) => block);
  for (let i = 0; i < 4; i++) {
    unwrap(chain.commit(childBlock(chain.best, chain.stateAt(chain.best.hash)!, 5), {best: true}));
  }
  finalize(chain, 13);
  sweep(chain);
  for (const block of left) {
    assert.equal(chain.stateAt(block), undefined);
    assert.equal(chain.finalAfterRewind(block), undefined, "its state is gone");
  }
  for (let number = 9; number <= 13; number++) {
    assert.ok([...chain.stateAt(chain.blocks.canonical(number)!)!.entries()].length > 100);
  }
});

test("nobody goes to a fork that leaves the chain below what is kept", async () => {
  const chain = await keeping({states: window(4)});
  extend(chain, 3);
  let fork = childBlock(chain.best, chain.stateAt(chain.best.hash)!, 7);
  for (let i = 0; i < 6; i++) {
    unwrap(chain.commit(fork, {best: false}));
    if (i < 5) fork = childBlock(fork, chain.stateAt(fork.hash)!, 7);
  }
  const release = chain.pruning.pin(fork);
  extend(chain, 9);
  finalize(chain, 12);
  sweep(chain);
  assert.equal(chain.pruning.status().floor, 9);
  assert.ok(chain.stateAt(fork.hash) !== undefined);
  assert.equal(chain.finalAfterRewind(fork.hash), undefined);
  release();
});

test("where all is kept, a leap leaves heights without states, and is said to", async () => {
  const source = await createMemoryChainStore(genesis, hash);
  const blocks = [genesis, ...extend(source, 12)];
  const chain = await keeping({});
  unwrap(chain.commit(childBlock(genesis, chain.stateAt(genesis.hash)!), {best: true}));
  finalize(chain, 1);
  chain.leapTo(blocks[10]!);
  const states = [
    {from: 0, to: 1},
    {from: 10, to: 10},
  ];
  assert.deepEqual(chain.pruning.ranges(), {headers: states, bodies: states, states});
  for (let number = 9; number > 1; number--) {
    assert.ok(chain.fillHistory(blocks[number]!, blocks[number]!.state.root()));
  }
  const all = [{from: 0, to: 10}];
  assert.deepEqual(chain.pruning.ranges(), {headers: all, bodies: all, states});
  assert.equal(chain.pruning.nearestState(4), 1);
  assert.equal(chain.pruning.nearestState(7), 10);
  const middle = chain.blocks.record(blocks[5]!.hash)!;
  assert.equal(chain.pruning.runtimeAlone(middle), undefined, "its runtime never was here");
});

test("a state below which a node is missing stops the sweep, and nothing is removed", async () => {
  const store = new MemoryStore();
  await ChainStore.begin(store, genesis, hash);
  const chain = ChainStore.over(store, hash, {pruning: {states: window(1)}});
  extend(chain, 3);
  await chain.flushed();
  const {statePlace} = chain.blocks.record(chain.blocks.canonical(1)!)!;
  const {keys} = await import("./keys.ts");
  await store.write([[keys.node(statePlace), undefined]]);
  finalize(chain, 3);
  const before = [...store.range({from: "s", to: "t"})].length;
  assert.throws(() => sweep(chain), /node-missing/);
  await chain.flushed();
  assert.equal([...store.range({from: "s", to: "t"})].length, before);
});

test("modes are read as Substrate spells them", () => {
  const read = (text: string) => {
    const parsed = parseStatePruning(text);
    return parsed.ok ? parsed.value : undefined;
  };
  assert.deepEqual(read("archive"), {kind: "archive"});
  assert.deepEqual(read("archive-canonical"), {kind: "archive-canonical"});
  assert.deepEqual(read("256"), window(256));
  assert.deepEqual(read("since:0"), {kind: "since", height: 0});
  for (const wrong of [
    "",
    "0",
    "-1",
    "1.5",
    "all",
    "since:",
    "since:-1",
    "4294967296",
    "since:4294967296",
  ]) {
    assert.equal(read(wrong), undefined, wrong);
  }
});
