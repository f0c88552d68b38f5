import assert from "node:assert/strict";
import {beforeEach, test} from "node:test";
import {unwrap} from "#base";
import {RECORD_AT} from "./block-record.ts";
import {childBlock, genesisBlock, hash, u32} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {CheckedRows} from "./checked-rows.ts";
import {INDEX_PACE} from "./flat-index/index.ts";
import {hashOfKey, keys} from "./keys.ts";
import type {Lost} from "./lost.ts";
import {MemoryStore} from "./memory-store.ts";

let below: MemoryStore;
let chain: ChainStore;
/** What was on disk while all was sound. */
let sound: ReadonlyMap<string, Uint8Array>;

const PACE = {...INDEX_PACE, least: 1, memory: 0};
const pause = async () => {};

/** Twenty blocks, some with a fork beside them, every fifth proved final, and an index. */
beforeEach(async () => {
  below = new MemoryStore();
  await ChainStore.begin(new CheckedRows(below), genesisBlock(), hash);
  chain = ChainStore.over(new CheckedRows(below), hash, {flatIndex: PACE});
  for (let i = 1; i <= 20; i++) {
    const {best} = chain;
    const state = chain.stateAt(best.hash)!;
    unwrap(chain.commit(childBlock(best, state), {best: true}));
    if (i % 6 === 0) unwrap(chain.commit(childBlock(best, state, 1), {best: false}));
    if (i % 5 === 0) unwrap(chain.finalize(chain.best.hash, u32(i)));
  }
  while (chain.index!.step(0)) await chain.flushed();
  await chain.flushed();
  sound = new Map([...below.range({from: ""})].map(([key, row]) => [key, row.slice()]));
  // As after a restart: nothing of it is in memory.
  chain = ChainStore.over(new CheckedRows(below), hash, {flatIndex: PACE});
  while (chain.index!.step(0)) await chain.flushed();
});

async function spoil(key: string, ...places: number[]): Promise<void> {
  const row = below.get(key)!;
  for (const at of places.length === 0 ? [row.length - 1] : places) row[at]! ^= 1;
  await below.write([[key, row]]);
}

/** What a round finds of rows. */
function found(): Lost[] {
  const scrub = chain.scrub();
  const lost: Lost[] = [];
  for (;;) {
    const step = scrub.step(1_000);
    for (const damage of step.damages) if (damage.lost !== undefined) lost.push(damage.lost);
    if (step.isRoundOver) return lost;
  }
}

const rowsOf = () => chain.scrub().rows!;
const isSound = (key: string) => assert.deepEqual(below.get(key), sound.get(key));

const factsOf = (block: Uint8Array) => {
  const {number, parentHash, stateRoot, header} = chain.blocks.record(block)!;
  return {hash: block, number, parentHash, stateRoot, header};
};

test("the best chain at a height follows from the block above it, at its end from what is best", async () => {
  for (const number of [7, 20]) {
    const key = keys.canonical(number);
    await spoil(key);
    assert.deepEqual(found(), [{kind: "derived", key}]);
    assert.throws(() => chain.blocks.canonical(number), /checksum/);
    assert.ok(await rowsOf().derived(key, pause));
    isSound(key);
  }
  assert.deepEqual(found(), []);
});

test("where the height above it is damaged as well it is left until that is whole", async () => {
  await spoil(keys.canonical(7));
  await spoil(keys.canonical(8));
  await assert.rejects(rowsOf().derived(keys.canonical(7), pause), /checksum/);
  assert.ok(await rowsOf().derived(keys.canonical(8), pause));
  assert.ok(await rowsOf().derived(keys.canonical(7), pause));
  isSound(keys.canonical(7));
});

test("the blocks at a height follow from all records, forks too; not while a record is damaged", async () => {
  const before = chain.blocks.hashesAt(6);
  assert.equal(before.length, 2);
  const key = keys.height(6);
  // Behind those that are looked for, so that these are found before it is.
  const blocks = [...sound.keys()].filter(
    one => one[0] === "b" && !before.some(hash => one === keys.block(hash)),
  );
  const other = hashOfKey(blocks.at(-1)!);
  await spoil(key);
  await spoil(keys.block(other));
  assert.equal(await rowsOf().derived(key, pause), false);
  await below.write([[keys.block(other), sound.get(keys.block(other))]]);
  assert.ok(await rowsOf().derived(key, pause));
  assert.deepEqual(chain.blocks.hashesAt(6), before);
  isSound(key);
});

test("a list of the hashes of a thousand heights goes, since the heights are read without it", async () => {
  const key = keys.hashesOfChunk(0);
  await new CheckedRows(below).write([[key, Uint8Array.of(1, 2, 3)]]);
  await spoil(key);
  assert.deepEqual(found(), [{kind: "derived", key}]);
  assert.ok(await rowsOf().derived(key, pause));
  assert.equal(below.get(key), undefined);
});

test("the record of a block comes back by its header, wherever one byte of it is another one, or many that the header tells", async () => {
  const block = chain.blocks.canonical(9)!;
  const facts = factsOf(block);
  const key = keys.block(block);
  const last = below.get(key)!.length - 1;
  const places = [
    [0],
    [RECORD_AT.parentHash, RECORD_AT.parentHash + 3, RECORD_AT.stateRoot],
    [RECORD_AT.statePlace],
    [RECORD_AT.flags],
    [RECORD_AT.header, RECORD_AT.header + 7],
    [last],
    [0, RECORD_AT.statePlace],
  ];
  chain = ChainStore.over(new CheckedRows(below), hash);
  for (const spoilt of places) {
    await spoil(key, ...spoilt);
    assert.deepEqual(found(), [{kind: "record", block}]);
    assert.ok(await rowsOf().record(facts), String(spoilt));
    isSound(key);
  }
});

test("where nothing says what a record had beside its header, it stays as it is", async () => {
  const block = chain.blocks.canonical(9)!;
  const facts = factsOf(block);
  const key = keys.block(block);
  chain = ChainStore.over(new CheckedRows(below), hash);
  for (const spoilt of [
    [RECORD_AT.statePlace, RECORD_AT.statePlace + 1],
    [RECORD_AT.statePlace, below.get(key)!.length - 1],
  ]) {
    await below.write([[key, sound.get(key)]]);
    await spoil(key, ...spoilt);
    const before = below.get(key);
    assert.equal(await rowsOf().record(facts), false);
    assert.deepEqual(below.get(key), before);
  }
});

test("a damaged record gives its header back, to be held against the block's hash", async () => {
  const block = chain.blocks.canonical(9)!;
  const {header} = factsOf(block);
  await spoil(keys.block(block), RECORD_AT.statePlace);
  assert.deepEqual(rowsOf().storedHeader(block), header);
  await below.write([[keys.block(block), Uint8Array.of(1)]]);
  assert.equal(rowsOf().storedHeader(block), undefined);
});

test("a proof of finality is put back, and one that is whole stays", async () => {
  const block = chain.blocks.canonical(10)!;
  const key = keys.justifications(block);
  assert.equal(await rowsOf().proof(block, u32(99)), false);
  isSound(key);
  await spoil(key);
  assert.deepEqual(found(), [{kind: "proof", block}]);
  assert.ok(await rowsOf().proof(block, u32(10)));
  isSound(key);
});

test("what is whole is not written, whatever is asked", async () => {
  const rows = rowsOf();
  const block = chain.blocks.canonical(9)!;
  assert.equal(await rows.record({...factsOf(block), number: 8}), false);
  assert.equal(await rows.derived(keys.canonical(7), pause), false);
  assert.equal(await rows.derived(keys.height(6), pause), false);
  for (const [key, row] of sound) assert.deepEqual(below.get(key), row);
});

test("entries of the index are made again by the state itself, though nobody read them", async () => {
  const entries = [...sound.keys()].filter(key => "fg".includes(key[0]!));
  assert.ok(entries.some(key => key[0] === "f") && entries.some(key => key[0] === "g"));
  for (const key of [
    entries.find(key => key[0] === "f")!,
    entries.findLast(key => key[0] === "g")!,
  ]) {
    await spoil(key, 5);
    assert.deepEqual(found(), [{kind: "derived", key}]);
    assert.ok(await rowsOf().derived(key, pause));
    isSound(key);
  }
  assert.deepEqual(found(), []);
});

test("what only this node knew is named, and nothing to ask for", async () => {
  await spoil(keys.meta("best"));
  const {damages} = chain.scrub().step(1_000);
  assert.deepEqual(
    damages.map(({words, lost}) => [words, lost]),
    [["the value best does not fit its checksum", undefined]],
  );
});
