import assert from "node:assert/strict";
import {test} from "node:test";
import {type BinaryString, concatBytes, unwrap} from "#base";
import {IndexedState, memoryState, Overlay} from "#state";
import {hash, spreadKey, u32} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {INDEX_PACE, type IndexPace} from "./flat-index/index.ts";
import type {KeyValueStore} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import {MemoryStore} from "./memory-store.ts";
import type {NewBlock} from "./new-block.ts";

/** One block of rows a step, and rows that follow as soon as they can. */
const PACE: IndexPace = {
  ...INDEX_PACE,
  behind: 1,
  moved: 1,
  mostOver: 0,
  least: 1,
  memory: 0,
};

/** Some forty blocks of rows. */
function genesis(count = 3_000): NewBlock {
  const entries = Array.from({length: count}, (_, i) => [spreadKey(i), u32(i)] as const);
  const state = memoryState(entries, hash);
  const header = state.root();
  return {hash: hash(header), number: 0, parentHash: new Uint8Array(32), header, body: [], state};
}

async function chainOf(first = genesis(), pace = PACE) {
  const store = new MemoryStore();
  await ChainStore.begin(store, first, hash);
  const open = () => ChainStore.over(store, hash, {flatIndex: pace});
  return {store, open, chain: open()};
}

/** A block on the best one, and that final. */
async function extend(
  chain: ChainStore,
  changes: readonly (readonly [BinaryString, Uint8Array | undefined])[],
): Promise<{hash: Uint8Array; number: number}> {
  const {hash: parentHash, number} = chain.best;
  const overlay = new Overlay(chain.stateAt(parentHash)!);
  for (const [key, value] of changes) {
    if (value === undefined) overlay.remove(key);
    else overlay.set(key, value);
  }
  const {state} = overlay.outcome(0);
  const header = concatBytes(u32(number + 1), parentHash, state.root());
  const block = {hash: hash(header), number: number + 1, parentHash, header, body: [], state};
  unwrap(chain.commit(block, {best: true}));
  unwrap(chain.finalize(block.hash));
  await chain.flushed();
  return {hash: block.hash, number: block.number};
}

async function settle(chain: ChainStore): Promise<void> {
  for (let i = 0; chain.index!.step(0); i++) {
    assert.ok(i < 10_000, "it comes to an end");
    await chain.flushed();
  }
}

/** Steps until a move is under way, and some more. */
async function untilMoving(chain: ChainStore, more: number): Promise<void> {
  for (let i = 0; chain.index!.progress() !== "moving"; i++) {
    assert.ok(i < 1_000 && chain.index!.step(0), "it moves");
    await chain.flushed();
  }
  for (let i = 0; i < more; i++) {
    chain.index!.step(0);
    await chain.flushed();
  }
  assert.equal(chain.index!.progress(), "moving");
}

const viewOf = (chain: ChainStore, block: {hash: Uint8Array; number: number}) => {
  const view = chain.indexed(block, chain.stateAt(block.hash)!);
  assert.ok(view instanceof IndexedState, "it is read by the index");
  return view;
};

function assertAllRight(chain: ChainStore): void {
  for (const block of [chain.best, chain.finalized]) {
    const expected = [...chain.stateAt(block.hash)!.entries()];
    assert.deepEqual([...viewOf(chain, block).entries()], expected);
  }
  for (const range of chain.index!.check(true)) assert.equal(range, undefined);
}

/** A change in every block of rows. */
const everywhere = (value: number, offset = 0) =>
  Array.from({length: 300}, (_, i) => [spreadKey(i * 10 + offset), u32(value)] as const);

async function damage(store: KeyValueStore, key: BinaryString, at: number): Promise<void> {
  const bytes = store.get(key)!;
  bytes[at]! ^= 0x10;
  await store.write([[key, bytes]]);
}

test("rows that are on their way when the process ends go on, though what they move to was taken back since", async () => {
  const {chain, open} = await chainOf();
  await settle(chain);
  await extend(chain, everywhere(7));
  await extend(chain, []);
  await extend(chain, []);
  await untilMoving(chain, 15);
  // As it was before the rows set out.
  await extend(
    chain,
    Array.from({length: 300}, (_, i) => [spreadKey(i * 10), u32(i * 10)] as const),
  );
  const again = open();
  assert.equal(again.index!.progress(), "moving");
  while (!again.index!.isReady) again.index!.step(0);
  const expected = [...again.stateAt(again.best.hash)!.entries()];
  assert.deepEqual([...viewOf(again, again.best).entries()], expected);
  await settle(again);
  assertAllRight(again);
});

test("a block of rows that is damaged on both sides of a move is read by the trie, and made again as of its side", async () => {
  const {chain, store} = await chainOf();
  await settle(chain);
  await extend(chain, everywhere(7));
  await extend(chain, []);
  await extend(chain, []);
  await untilMoving(chain, 15);
  const rows = [...store.range({from: "f", to: "g"})];
  for (const [key, value] of [rows[2]!, rows[4]!, rows.at(-2)!]) {
    await damage(store, key, value.length - 30);
    await damage(store, key, 5);
  }
  const before = chain.index!.status().repaired;
  const expected = [...chain.stateAt(chain.best.hash)!.entries()];
  const view = viewOf(chain, chain.best);
  for (const [key, value] of expected) assert.deepEqual(view.get(key), value);
  assert.equal(chain.index!.status().damaged, 3);
  assert.deepEqual([...view.entries()], expected);
  await settle(chain);
  assert.equal(chain.index!.status().repaired - before, 3);
  assertAllRight(chain);
});

test("a walk that began before its state was left behind ends as it began", async () => {
  const {chain} = await chainOf();
  await settle(chain);
  const block = await extend(chain, everywhere(5));
  const expected = [...chain.stateAt(block.hash)!.entries()];
  const entries = viewOf(chain, block).entries()[Symbol.iterator]();
  const keysOf = viewOf(chain, block).keys("")[Symbol.iterator]();
  const seen = [entries.next().value!];
  const seenKeys = [keysOf.next().value!];
  for (let i = 0; i < 6; i++) await extend(chain, everywhere(100 + i, 1 + i));
  await settle(chain);
  assert.ok(!(chain.indexed(block, chain.stateAt(block.hash)!) instanceof IndexedState));
  for (let next = entries.next(); !next.done; next = entries.next()) seen.push(next.value);
  for (let next = keysOf.next(); !next.done; next = keysOf.next()) seenKeys.push(next.value);
  assert.deepEqual(seen, expected);
  assert.deepEqual(
    seenKeys,
    expected.map(([key]) => key),
  );
});

test("how far rows moved is not believed where a byte of that is damaged", async () => {
  const {chain, store, open} = await chainOf();
  await settle(chain);
  await extend(chain, everywhere(7));
  await extend(chain, []);
  await extend(chain, []);
  await untilMoving(chain, 15);
  const name = keys.meta("flat-index");
  await damage(store, name, store.get(name)!.length - 1);
  const again = open();
  assert.equal(again.index!.progress(), "none");
  await settle(again);
  assertAllRight(again);
});

test("two fences never share a block, whatever byte of one is damaged", async () => {
  const {chain, store, open} = await chainOf();
  await settle(chain);
  const [, second, third] = [...store.range({from: "g", to: "h"})];
  await store.write([[third![0], second![1]]]);
  const again = open();
  while (!again.index!.isReady) again.index!.step(0);
  const expected = [...again.stateAt(again.best.hash)!.entries()];
  const view = viewOf(again, again.best);
  for (const [key, value] of expected) assert.deepEqual(view.get(key), value);
  await settle(again);
  assertAllRight(again);
});

test("rows, fences and all are made anew where many fences are damaged", async () => {
  const {chain, store, open} = await chainOf();
  await settle(chain);
  for (const [key] of [...store.range({from: "g", to: "h"})].slice(0, 20))
    await damage(store, key, 1);
  const again = open();
  await settle(again);
  assertAllRight(again);
  assert.equal(again.index!.status().repaired, 0);
});

test("a damaged block that nobody read is made again when rows that move come to it", async () => {
  const {chain, store} = await chainOf();
  await settle(chain);
  for (const [key] of [...store.range({from: "f", to: "g"})].slice(0, 5))
    await damage(store, key, 5);
  await extend(chain, everywhere(7));
  await extend(chain, []);
  await extend(chain, []);
  await settle(chain);
  assertAllRight(chain);
});

test("a small state has no index, and nothing of one is on disk", async () => {
  const {chain, store} = await chainOf(genesis(50), {...PACE, least: 10});
  await settle(chain);
  await extend(chain, everywhere(7));
  await settle(chain);
  assert.equal(chain.index!.isReady, false);
  assert.ok(!(chain.indexed(chain.best, chain.stateAt(chain.best.hash)!) instanceof IndexedState));
  assert.deepEqual([...store.range({from: "f", to: "h"})], []);
});

test("what the index stands on is not pruned before it has moved on", async () => {
  const {chain} = await chainOf(genesis(), {...INDEX_PACE, moved: 1, least: 1});
  chain.pruning.setPolicy({...chain.pruning.policy, states: {kind: "window", blocks: 1}});
  while (chain.pruning.step(50)) await chain.flushed();
  for (let i = 0; i < 5; i++) {
    await extend(chain, everywhere(i));
    while (chain.pruning.step(50)) await chain.flushed();
    assert.equal(chain.pruning.status().floor, chain.finalized.number);
    assertAllRight(chain);
  }
});

test("an index of before is gone on with after a program that knows none went on with the chain", async () => {
  const {chain, store, open} = await chainOf();
  await settle(chain);
  const without = ChainStore.over(store, hash);
  for (let i = 0; i < 4; i++) await extend(without, everywhere(i));
  const again = open();
  assert.equal(again.index!.progress(), "standing");
  await settle(again);
  assertAllRight(again);
});
