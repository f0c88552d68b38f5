import assert from "node:assert/strict";
import {before, test} from "node:test";
import {type BinaryString, equalBytes, unwrap} from "#base";
import {Overlay} from "#state";
import {childBlock, genesisBlock, hash, u32} from "../chain-for-tests.ts";
import {ChainStore} from "../chain-store.ts";
import {ANY_OWN, CheckedRows} from "../checked-rows.ts";
import {HISTORY_GAP} from "../history-gap.ts";
import {PRUNING_POLICY} from "../kept-policy.ts";
import {keys} from "../keys.ts";
import {MemoryStore} from "../memory-store.ts";
import type {NewBlock} from "../new-block.ts";
import {STATELESS} from "../pruning.ts";
import {KEEP_ALL, type PruningPolicy} from "../pruning-policy.ts";
import {FIRST_BLOCK} from "../stand-in.ts";
import {LAST_PLACE} from "../state-store.ts";
import {SWEEP_PROGRESS} from "../sweep-progress.ts";
import {
  blockOn,
  check,
  copyOf,
  type Rows,
  repaired,
  type SoundChain,
  soundChain,
} from "./damaged-chain-for-tests.ts";
import {repairDatabase} from "./repair-database.ts";
import {SourceGone} from "./repair-source.ts";

const BLOCKS = 20;
let sound: SoundChain;

before(async () => {
  sound = await soundChain(BLOCKS);
});

const isOwn = ([key]: readonly [BinaryString, unknown]) => key[0] === "m";
const open = (store: MemoryStore) => ChainStore.over(new CheckedRows(store), hash);

const same = (a: Uint8Array | undefined, b: Uint8Array) => a !== undefined && equalBytes(a, b);

async function without(rows: Rows, ...names: string[]): Promise<MemoryStore> {
  const store = await copyOf(rows);
  await store.write(names.map(name => [keys.meta(name), undefined]));
  return store;
}

/** A chain of which the past was pruned. */
async function prunedChain(states: number, blocks: number, height = 30): Promise<Rows> {
  const store = new MemoryStore();
  const rows = new CheckedRows(store);
  const policy: PruningPolicy = {
    states: {kind: "window", blocks: states},
    blocks: {kind: "window", blocks},
    pallets: [],
  };
  await ChainStore.begin(rows, genesisBlock(), hash, policy);
  const chain = ChainStore.over(rows, hash);
  for (let i = 1; i <= height; i++) {
    const parent = chain.best;
    const state = chain.stateAt(parent.hash)!;
    if (i % 5 === 0) unwrap(chain.commit(blockOn(parent, state, 1), {best: false}));
    unwrap(chain.commit(blockOn(parent, state), {best: true}));
    if (i < height) unwrap(chain.finalize(chain.best.hash, u32(i)));
  }
  while (chain.pruning.step(50)) await chain.flushed();
  await chain.flushed();
  return [...store.range({from: ""})];
}

test("a page with all of a chain's own values is lost: they follow from the blocks, what the node alone knew is told to be lost", async () => {
  const store = await copyOf(sound.rows.filter(row => !isOwn(row)));
  const first = check(store);
  assert.equal(first.wholeUpTo, BLOCKS);
  assert.ok(first.damages.length >= 7);
  const {damages} = await repaired(store, undefined);
  assert.deepEqual(damages, [{code: "row-missing", key: ANY_OWN}]);
  const chain = open(store);
  const {whole} = sound;
  assert.deepEqual(chain.best, whole.best);
  assert.deepEqual(chain.genesis, whole.genesis);
  // The last proof is beside the block that it is of.
  assert.deepEqual(chain.finalized, whole.finalized);
  assert.deepEqual(chain.pruning.policy, KEEP_ALL);
  assert.deepEqual([...chain.stateAt(chain.best.hash)!.entries()].length > 100, true);
  assert.throws(() => chain.value("grandpa-votes"), /has to be there/);
  const back = sound.rows.filter(row => isOwn(row) && same(store.get(row[0]), row[1]));
  assert.deepEqual(
    new Set(back.map(([key]) => key)),
    new Set(["schema", "best", "genesis", "finalized", PRUNING_POLICY, LAST_PLACE].map(keys.meta)),
  );
});

test("each of them that is lost alone comes back as it was; of what is to be kept it is said that it was lost", async () => {
  for (const name of ["schema", "genesis", "best", "finalized", LAST_PLACE]) {
    const store = await without(sound.rows, name);
    assert.deepEqual((await repaired(store, undefined)).damages, []);
    assert.deepEqual([...store.range({from: ""})], sound.rows, name);
  }
  const pruned = await prunedChain(5, 8);
  const store = await without(pruned, PRUNING_POLICY);
  const {own} = check(store);
  assert.match(own.notes.join(), /what is to be kept was lost: all is, until .* --state-pruning/);
  await repaired(store, undefined);
  const chain = open(store);
  assert.deepEqual(chain.pruning.policy, KEEP_ALL);
  const before = [...store.range({from: ""})].length;
  while (chain.pruning.step(50)) await chain.flushed();
  assert.equal([...store.range({from: ""})].length, before);
});

test("the best block is the top of the best chain, and without its row the highest whole one above what is final", async () => {
  const store = await without(sound.rows, "best");
  await store.write([[keys.canonical(BLOCKS), undefined]]);
  assert.deepEqual((await repaired(store, undefined)).damages, []);
  // The row may as well not be there because the best block was a lower one.
  assert.equal(open(store).best.number, BLOCKS - 1);
  const bare = await without(sound.rows, "best");
  for (let height = 0; height <= BLOCKS; height++) {
    await bare.write([[keys.canonical(height), undefined]]);
  }
  assert.deepEqual((await repaired(bare, undefined)).damages, []);
  assert.equal(open(bare).best.number, BLOCKS);
});

test("where it is lost how far pruning came, nothing is called missing that pruning may have taken", async () => {
  for (const [states, blocks] of [
    [5, 8],
    [8, 5],
    [1, 1],
  ] as const) {
    const pruned = await prunedChain(states, blocks);
    const before = open(await copyOf(pruned)).pruning.ranges();
    for (const lost of [[SWEEP_PROGRESS], [SWEEP_PROGRESS, "finalized"], undefined]) {
      const store =
        lost === undefined
          ? await copyOf(pruned.filter(row => !isOwn(row)))
          : await without(pruned, ...lost);
      const {damages, own} = check(store);
      assert.ok(
        damages.every(damage => "key" in damage && damage.key[0] === "m"),
        JSON.stringify(damages),
      );
      assert.match(
        own.notes.join("; "),
        /how far pruning came was lost: states below block \d+, bodies below/,
      );
      const left = (await repaired(store, undefined)).damages;
      assert.equal(left.length, lost === undefined ? 1 : 0);
      const chain = open(store);
      assert.deepEqual(chain.pruning.ranges(), before);
      while (chain.pruning.step(50)) await chain.flushed();
      assert.equal(check(store).damages.length, left.length);
    }
  }
});

test("a body or a part of a state above what pruning can have taken is missing all the same", async () => {
  const pruned = await prunedChain(5, 8);
  const chain = open(await copyOf(pruned));
  const store = await without(pruned, SWEEP_PROGRESS);
  await store.write([[keys.body(chain.blocks.canonical(27)!), undefined]]);
  const {statePlace} = chain.blocks.record(chain.blocks.canonical(28)!)!;
  await store.write([[keys.node(statePlace), undefined]]);
  const {damages} = check(store);
  assert.deepEqual(
    new Set(damages.map(damage => ("key" in damage ? damage.key[0] : damage.code))),
    new Set(["m", "e", "part-missing"]),
  );
});

test("heights that a chain leapt over are known again by its blocks", async () => {
  const store = new MemoryStore();
  const rows = new CheckedRows(store);
  await ChainStore.begin(rows, genesisBlock(), hash);
  const {whole} = sound;
  const chain = ChainStore.over(rows, hash);
  for (let i = 1; i <= 3; i++)
    unwrap(chain.commit(blockOn(chain.best, chain.stateAt(chain.best.hash)!), {best: true}));
  unwrap(chain.finalize(chain.best.hash));
  const recordAt = (height: number) => whole.blocks.record(whole.blocks.canonical(height)!)!;
  const target = recordAt(15);
  chain.leapTo({...target, body: [], state: whole.stateAt(target.hash)!});
  for (const height of [14, 13]) {
    const record = recordAt(height);
    assert.ok(chain.fillHistory({...record, body: [u32(1)]}, record.stateRoot));
  }
  await chain.flushed();
  const leapt = [...store.range({from: ""})];
  for (const names of [[HISTORY_GAP], [STATELESS], [HISTORY_GAP, STATELESS]]) {
    const damaged = await without(leapt, ...names);
    assert.deepEqual((await repaired(damaged, undefined)).damages, []);
    const again = open(damaged);
    assert.deepEqual(again.gap, chain.gap);
    assert.deepEqual(again.pruning.ranges(), chain.pruning.ranges());
  }
  const bare = await copyOf(leapt.filter(row => !isOwn(row)));
  await repaired(bare, undefined);
  assert.deepEqual(open(bare).gap, chain.gap);
  assert.deepEqual(open(bare).pruning.ranges(), chain.pruning.ranges());
});

test("which block a chain began with, above its genesis, is known again by its parent", async () => {
  const genesis = genesisBlock();
  const overlay = new Overlay(genesis.state);
  overlay.set("number", u32(7));
  const {state} = overlay.outcome(0);
  const header = Uint8Array.of(...u32(7), ...state.root());
  const first: NewBlock = {
    hash: hash(header),
    number: 7,
    parentHash: genesis.hash,
    header,
    body: [],
    state,
    genesis: {
      hash: genesis.hash,
      header: genesis.header,
      stateRoot: genesis.state.root(),
      changes: [["number", u32(0)]],
      stateVersion: 0,
    },
  };
  const store = new MemoryStore();
  const rows = new CheckedRows(store);
  await ChainStore.begin(rows, first, hash);
  const chain = ChainStore.over(rows, hash);
  for (let i = 0; i < 3; i++) {
    unwrap(chain.commit(childBlock(chain.best, chain.stateAt(chain.best.hash)!), {best: true}));
  }
  await chain.flushed();
  const whole = [...store.range({from: ""})];
  assert.deepEqual(check(await copyOf(whole)).damages, []);
  const one = await without(whole, FIRST_BLOCK);
  assert.deepEqual((await repaired(one, undefined)).damages, []);
  assert.deepEqual([...one.range({from: ""})], whole);
  const bare = await copyOf(whole.filter(row => !isOwn(row)));
  await repaired(bare, undefined);
  assert.deepEqual(open(bare).best, chain.best);
  assert.ok(open(bare).isStandIn(genesis.hash));
  assert.deepEqual(open(bare).pruning.ranges(), chain.pruning.ranges());
});

test("a record lost in the midst of the chain is damage and no leap", async () => {
  const store = await copyOf(sound.rows.filter(row => !isOwn(row)));
  const lost = sound.whole.blocks.canonical(11)!;
  await store.write([[keys.block(lost), undefined]]);
  const {damages} = await repaired(store, undefined);
  assert.ok(damages.some(damage => "key" in damage && damage.key === keys.block(lost)));
  assert.deepEqual((await repaired(store, sound.source)).damages, [
    {code: "row-missing", key: ANY_OWN},
  ]);
  assert.equal(open(store).gap, undefined);
});

test("which block a chain is of is not taken from one that somebody else's is", async () => {
  const store = await without(sound.rows, "genesis");
  const {damages} = await repaired(store, undefined, new Uint8Array(32).fill(9));
  assert.deepEqual(damages, [{code: "row-missing", key: keys.meta("genesis")}]);
  const lost = await without(sound.rows, "genesis");
  const genesis = sound.whole.genesis.hash;
  await lost.write([[keys.block(genesis), undefined]]);
  assert.deepEqual((await repaired(lost, sound.source, genesis)).damages, []);
});

test("a source that leaves in the midst of it takes nothing with it; the next time it goes on", async () => {
  const store = await copyOf(sound.rows);
  for (let height = 5; height < 15; height++) {
    await store.write([[keys.body(sound.whole.blocks.canonical(height)!), undefined]]);
  }
  let answers = 4;
  const found = check(store);
  const {mended, gone} = await repairDatabase(store, hash, found, {
    ...sound.source,
    async block(block) {
      if (answers-- === 0) throw new SourceGone("the node went");
      return sound.source.block(block);
    },
  });
  assert.equal(mended.length, 4);
  assert.equal(gone, "the node went");
  assert.equal(check(store).damages.length, 6);
  assert.deepEqual((await repaired(store, sound.source)).damages, []);
});

test("a place that was given is not given again where the last one is lost", async () => {
  const store = await without(sound.rows, LAST_PLACE);
  const node = sound.rows.find(([key]) => key[0] === "s")![0];
  await store.write([[node, undefined]]);
  const before = new Set([...store.range({from: "s", to: "x"})].map(([key]) => key));
  await repaired(store, sound.source);
  const chain = open(store);
  unwrap(chain.commit(childBlock(chain.best, chain.stateAt(chain.best.hash)!), {best: true}));
  await chain.flushed();
  assert.deepEqual(check(store).damages, []);
  for (const key of before) assert.ok(store.get(key) !== undefined);
});

test("what stands above a hole in the chain is not final for that", async () => {
  const store = await without(sound.rows, "finalized");
  const hole = keys.block(sound.whole.blocks.canonical(BLOCKS - 1)!);
  const row = store.get(hole)!.slice();
  row[5]! ^= 1;
  await store.write([[hole, row]]);
  const {damages} = await repaired(store, sound.source);
  assert.deepEqual(damages, []);
  const {finalized} = open(store);
  assert.ok(finalized.number <= sound.whole.finalized.number, `block ${finalized.number}`);
  assert.ok(open(store).blocks.knownRecord(finalized.hash).hasProof);
});
