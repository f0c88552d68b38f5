import assert from "node:assert/strict";
import {before, test} from "node:test";
import {type BinaryString, bytesToBinary, equalBytes, seededRandom, unwrap} from "#base";
import {genesisBlock, hash, u32} from "../chain-for-tests.ts";
import {ChainStore} from "../chain-store.ts";
import {ANY_OWN, CheckedRows, NAMES} from "../checked-rows.ts";
import {INDEX_PACE, INDEX_PROGRESS} from "../flat-index/index.ts";
import type {KeyValueStore} from "../key-value-store.ts";
import {keys} from "../keys.ts";
import {MemoryStore} from "../memory-store.ts";
import {describeDamage} from "./damage.ts";
import {
  blockOn,
  check,
  copyOf,
  type Rows,
  repaired,
  soundChain,
} from "./damaged-chain-for-tests.ts";
import type {RepairSource} from "./repair-source.ts";

const BLOCKS = 20;
/** What nobody but the node itself can say. */
const VOTES = keys.meta("own:grandpa-votes");

let sound: Rows;
let whole: ChainStore;
let source: RepairSource;

before(async () => {
  ({rows: sound, whole, source} = await soundChain(BLOCKS));
});

function assertAsWhole(store: KeyValueStore, proofs = true): void {
  const chain = ChainStore.over(new CheckedRows(store), hash);
  for (let number = 0; number <= BLOCKS; number++) {
    assert.deepEqual(chain.blocks.canonical(number), whole.blocks.canonical(number));
    const hashes = whole.blocks.hashesAt(number);
    assert.deepEqual(
      new Set(chain.blocks.hashesAt(number).map(bytesToBinary)),
      new Set(hashes.map(bytesToBinary)),
    );
    for (const block of hashes) {
      assert.deepEqual(chain.blocks.body(block), whole.blocks.body(block));
      if (proofs)
        assert.deepEqual(chain.blocks.justifications(block), whole.blocks.justifications(block));
      const [state, wanted] = [chain.stateAt(block)!, whole.stateAt(block)!];
      assert.deepEqual([...state.entries()], [...wanted.entries()]);
      for (const name of wanted.childNames()) {
        assert.deepEqual([...state.child(name).entries()], [...wanted.child(name).entries()]);
      }
    }
  }
}

test("a sound database has no damage, and all of it was looked at once", async () => {
  const {damages, wholeUpTo, rows, blocks, parts} = check(await copyOf(sound));
  assert.deepEqual(damages, []);
  assert.equal(wholeUpTo, BLOCKS);
  assert.equal(rows, sound.length);
  assert.equal(blocks, BLOCKS + 1);
  assert.equal(parts, sound.filter(([key]) => "sw".includes(key[0]!)).length);
});

test("whatever entry changes or is lost is named; with somebody who has the chain all but what the node alone knew is mended", async () => {
  const random = seededRandom(7);
  for (const [i, [key, value]] of sound.entries()) {
    if (key[0] !== "m" && random() < 0.985) continue;
    const store = await copyOf(sound);
    const isLost = i % 2 === 0;
    await store.write([[key, isLost ? undefined : changed(value, random)]]);
    const {damages} = check(store);
    assert.ok(damages.length > 0, `${bytesToBinary(u32(i))} ${key[0]} was not noticed`);
    for (const damage of damages) assert.ok(describeDamage(damage).length > 20);
    const {damages: left} = await repaired(store, source);
    const isOwn = key === VOTES || key === NAMES;
    assert.equal(left.length === 0, !isOwn, `${key.slice(0, 8)}: ${left.map(describeDamage)}`);
    assertAsWhole(store, key[0] !== "j" && key[0] !== "b");
  }
});

test("many at once are mended as well", async () => {
  for (let seed = 0; seed < 4; seed++) {
    const random = seededRandom(seed);
    const store = await copyOf(sound);
    for (const [key, value] of sound) {
      if (key[0] === "m" || random() > 0.05) continue;
      await store.write([[key, random() < 0.5 ? undefined : changed(value, random)]]);
    }
    assert.ok(check(store).damages.length > 0);
    assert.deepEqual((await repaired(store, source)).damages, []);
    assertAsWhole(store, false);
  }
});

test("what follows from the rest is mended with nobody to ask; up to where the chain is whole is said", async () => {
  const store = await copyOf(sound);
  await store.write([
    [keys.canonical(5), undefined],
    [keys.height(7), undefined],
  ]);
  assert.equal(check(store).wholeUpTo, 4);
  assert.deepEqual((await repaired(store, undefined)).damages, []);
  assertAsWhole(store);
  await store.write([[keys.body(whole.blocks.canonical(9)!), undefined]]);
  const {damages, wholeUpTo} = await repaired(store, undefined);
  assert.equal(damages.length, 1);
  assert.equal(wholeUpTo, 8);
});

test("rows of the index that are damaged go, and are made anew from the states", async () => {
  const below = new MemoryStore();
  const rows = new CheckedRows(below);
  const pace = {...INDEX_PACE, least: 1};
  await ChainStore.begin(rows, genesisBlock(), hash);
  const indexed = () => ChainStore.over(rows, hash, {flatIndex: pace});
  const chain = indexed();
  for (let i = 0; i < 20; i++) {
    unwrap(chain.commit(blockOn(chain.best, chain.stateAt(chain.best.hash)!, 0), {best: true}));
    unwrap(chain.finalize(chain.best.hash));
  }
  while (chain.pruning.step(100)) await chain.flushed();
  await chain.flushed();
  const ofIndex = () => [...below.range({from: "f", to: "h"})];
  assert.ok(ofIndex().length > 1);
  assert.deepEqual(check(below).damages, []);
  const progress = keys.meta(INDEX_PROGRESS);
  for (const [key, row] of [...ofIndex(), [progress, below.get(progress)!] as const]) {
    const store = await copyOf(below.range({from: ""}));
    row[row.length - 3]! ^= 4;
    await store.write([[key, row]]);
    const {damages} = check(store);
    assert.deepEqual(
      damages.map(damage => "key" in damage && damage.key),
      [key],
    );
    // A node needs no repair for it.
    const damaged = ChainStore.over(new CheckedRows(await copyOf(store.range({from: ""}))), hash, {
      flatIndex: pace,
    });
    for (let i = 0; i < 300 && damaged.pruning.step(100); i++) await damaged.flushed();
    assert.deepEqual(damaged.index?.status().isReady, true);
    assert.deepEqual((await repaired(store, undefined)).damages, []);
    assert.deepEqual([...store.range({from: "f", to: "h"})], []);
    const again = ChainStore.over(new CheckedRows(store), hash, {flatIndex: pace});
    while (again.pruning.step(100)) await again.flushed();
    assert.equal(again.index?.status().isReady, true);
  }
});

test("a row of another time, sound by itself, is named and mended", async () => {
  const store = await copyOf(sound);
  const rows = new CheckedRows(store);
  await rows.write([
    [keys.canonical(5), whole.blocks.canonical(4)],
    [keys.height(8), whole.blocks.canonical(7)],
  ]);
  const {damages, wholeUpTo} = check(store);
  assert.deepEqual(
    damages.map(damage => [damage.code, "key" in damage && damage.key]),
    [
      ["row-wrong", keys.height(8)],
      ["row-wrong", keys.canonical(5)],
    ],
  );
  assert.equal(wholeUpTo, 4);
  assert.deepEqual((await repaired(store, undefined)).damages, []);
  assertAsWhole(store);
});

test("which values a node had of its own is never made up; names of blocks go", async () => {
  for (const key of [NAMES, VOTES]) {
    const store = await copyOf(sound);
    await store.write([[key, undefined]]);
    const {damages} = await repaired(store, source);
    const left = key === NAMES ? ANY_OWN : VOTES;
    assert.deepEqual(damages, [{code: "row-missing", key: left}]);
    const chain = ChainStore.over(new CheckedRows(store), hash);
    assert.equal(chain.best.number, BLOCKS);
    if (key === VOTES) assert.throws(() => chain.value("grandpa-votes"), /has to be there/);
    else assert.throws(() => chain.value("never-written"), /has to be there/);
  }
  const named = await copyOf(sound);
  const chain = ChainStore.over(new CheckedRows(named), hash);
  chain.setValue("dev-snapshots", u32(1));
  await chain.flushed();
  const key = keys.meta("own:dev-snapshots");
  await named.write([[key, Uint8Array.of(1, 2, 3, 4, 5)]]);
  assert.equal(check(named).damages.length, 1);
  assert.deepEqual((await repaired(named, undefined)).damages, []);
  assert.equal(ChainStore.over(new CheckedRows(named), hash).value("dev-snapshots"), undefined);
});

test("a source that gives something else mends nothing", async () => {
  const liar: RepairSource = {
    async block(block) {
      const given = await source.block(block);
      return given && {...given, header: given.header.map(byte => byte ^ 1)};
    },
    proof: async (block, key, childKey) =>
      (await source.proof(block, key, childKey))?.map(item => item.map(byte => byte ^ 1)),
  };
  const node = sound.find(([key]) => key[0] === "s")![0];
  const record = keys.block(whole.blocks.canonical(3)!);
  for (const key of [node, record]) {
    const store = await copyOf(sound);
    await store.write([[key, undefined]]);
    const before = [...store.range({from: ""})];
    assert.ok((await repaired(store, liar)).damages.length > 0);
    assert.ok(equalBytes(flat(before), flat([...store.range({from: ""})])));
  }
});

const flat = (entries: readonly (readonly [BinaryString, Uint8Array])[]) =>
  Buffer.concat(entries.flatMap(([key, value]) => [Buffer.from(key, "latin1"), value]));

function changed(value: Uint8Array, random: () => number): Uint8Array {
  const out = value.slice();
  out[Math.floor(random() * out.length)]! ^= 1 + Math.floor(random() * 255);
  return out;
}
