import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import fc from "fast-check";
import {type BinaryString, bytesToBinary, concatBytes, unwrap} from "#base";
import {IndexedState, keysBelow, memoryState, Overlay} from "#state";
import {hash, u32} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {INDEX_PACE, type IndexPace} from "./flat-index/index.ts";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {openLmdbStore} from "./lmdb-store.ts";
import {MemoryStore} from "./memory-store.ts";
import type {NewBlock} from "./new-block.ts";

/** States of some blocks of rows, whose keys begin alike, read by the index and by the trie. */

type Entries = ReadonlyMap<BinaryString, Uint8Array>;
interface Known {
  readonly hash: Uint8Array;
  readonly number: number;
  readonly top: Entries;
}

const KEYS = 60;
const keyOf = (n: number): BinaryString =>
  ["map/", "map/of/", "z"][n % 3]! + bytesToBinary(hash(u32(n)).subarray(0, 2 + (n % 5)));
/** Of several hundred bytes, so that a few fill a block; some too long for a row. */
const contentOf = (v: number): Uint8Array | undefined =>
  v === 0 ? undefined : new Uint8Array(v === 7 ? 1_100 : 150 * v).fill(v);

const edits = fc.array(fc.record({key: fc.nat(KEYS - 1), value: fc.nat(7)}), {maxLength: 12});
const command = fc.oneof(
  {weight: 8, arbitrary: fc.record({do: fc.constant("extend" as const), on: fc.nat(3), edits})},
  {weight: 5, arbitrary: fc.record({do: fc.constant("finalize" as const), below: fc.nat(2)})},
  {weight: 8, arbitrary: fc.record({do: fc.constant("steps" as const), count: fc.nat(60)})},
  {weight: 3, arbitrary: fc.record({do: fc.constant("restart" as const), isKilled: fc.boolean()})},
  {weight: 2, arbitrary: fc.record({do: fc.constant("rewind" as const), to: fc.nat(30)})},
  {weight: 1, arbitrary: fc.record({do: fc.constant("narrow" as const), to: fc.nat(5)})},
  {weight: 2, arbitrary: fc.record({do: fc.constant("damage" as const), where: fc.nat()})},
  {weight: 1, arbitrary: fc.record({do: fc.constant("without" as const), edits})},
  {weight: 1, arbitrary: fc.record({do: fc.constant("leap" as const), edits})},
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

const pace: fc.Arbitrary<IndexPace> = fc.oneof(
  fc.constant({...INDEX_PACE, least: 1}),
  fc.record({
    behind: fc.integer({min: 1, max: 3}),
    folded: fc.integer({min: 1, max: 3}),
    compared: fc.integer({min: 1, max: 5}),
    moved: fc.integer({min: 1, max: 2}),
    mostOver: fc.constantFrom(0, 3_000),
    least: fc.constant(1),
    memory: fc.constantFrom(0, 4_096, 3 * 4_096, INDEX_PACE.memory),
  }),
);

/** A store that a process which ended cannot write to any more, and whose blocks of rows can be damaged. */
class Cuttable implements KeyValueStore {
  readonly #store: KeyValueStore;
  isCut = false;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  get = (key: string) => this.#store.get(key);
  lend = (key: Uint8Array) => this.#store.lend(key);
  range = (range: Parameters<KeyValueStore["range"]>[0]) => this.#store.range(range);
  close = async () => {};
  write = async (batch: readonly Write[]) => {
    if (!this.isCut) await this.#store.write(batch);
  };
}

async function damage(store: KeyValueStore, where: number): Promise<void> {
  const entries = [...store.range({from: "f", to: "h"})];
  const progress = store.get("mflat-index");
  if (progress !== undefined) entries.push(["mflat-index", progress]);
  if (entries.length === 0) return;
  const [key, value] = entries[where % entries.length]!;
  if (where % 7 === 0) await store.write([[key, undefined]]);
  else if (where % 7 === 1) await store.write([[key, value.subarray(0, where % value.length)]]);
  else {
    value[where % value.length]! ^= 1 + (where % 255);
    await store.write([[key, value]]);
  }
}

let readByIndex = 0;

/** All that can be asked of the state of a block says what the model says, and what its trie says. */
function checkBlock(chain: ChainStore, {hash: block, number, top}: Known): void {
  const state = chain.stateAt(block);
  if (state === undefined) return;
  const view = chain.indexed({hash: block, number}, state);
  if (view instanceof IndexedState) readByIndex++;
  const expected = [...top].sort(([a], [b]) => (a < b ? -1 : 1));
  assert.deepEqual([...view.entries()], expected);
  for (let n = 0; n < KEYS; n += 3) {
    const key = keyOf(n + (number % 3));
    assert.deepEqual(view.get(key), top.get(key));
    assert.equal(view.has(key), top.has(key));
    assert.equal(view.nextKey(key), expected.find(([each]) => each > key)?.[0]);
  }
  for (const prefix of ["map/", "map/of/", "n", expected[5]?.[0].slice(0, 5) ?? ""]) {
    const below = expected.filter(([key]) => key.startsWith(prefix));
    assert.deepEqual([...view.entries(prefix)], below);
    assert.deepEqual(
      [...view.keys(prefix)],
      below.map(([key]) => key),
    );
    assert.deepEqual(
      [...keysBelow(view, prefix, below[2]?.[0])],
      below.slice(below.length > 2 ? 3 : 0).map(([key]) => key),
    );
  }
  assert.deepEqual([...view.differencesFrom(state)], []);
  assert.deepEqual([...state.differencesFrom(view)], []);
}

function genesis(): NewBlock {
  const entries: [BinaryString, Uint8Array][] = [];
  for (let n = 0; n < KEYS; n += 2) entries.push([keyOf(n), contentOf(1 + (n % 6))!]);
  const state = memoryState(entries, hash, 1);
  const header = concatBytes(u32(0), state.root());
  return {
    hash: hash(header),
    number: 0,
    parentHash: new Uint8Array(32),
    header,
    body: [],
    state,
  };
}

async function run(store: KeyValueStore, pace: IndexPace, commands: readonly Command[]) {
  const first = genesis();
  await ChainStore.begin(store, first, hash);
  let cuttable = new Cuttable(store);
  const open = (flatIndex: IndexPace | false = pace) =>
    ChainStore.over(cuttable, hash, {flatIndex});
  let chain = open();
  const blocks: Known[] = [{hash: first.hash, number: 0, top: new Map(first.state.entries())}];
  let salt = 0;

  const extend = async (on: number, changes: readonly {key: number; value: number}[]) => {
    const known = blocks.filter(({hash: one}) => {
      const record = chain.blocks.record(one)!;
      return record.number >= chain.finalized.number && chain.stateAt(one) !== undefined;
    });
    const parent = known.at(-1 - (on % known.length))!;
    const overlay = new Overlay(chain.stateAt(parent.hash)!);
    const top = new Map(parent.top);
    for (const {key, value} of changes) {
      const bytes = contentOf(value);
      if (bytes === undefined) {
        overlay.remove(keyOf(key));
        top.delete(keyOf(key));
      } else {
        overlay.set(keyOf(key), bytes);
        top.set(keyOf(key), bytes);
      }
    }
    const {state} = overlay.outcome(1);
    const number = parent.number + 1;
    const header = concatBytes(u32(number), parent.hash, state.root(), u32(salt++));
    const block = {
      hash: hash(header),
      number,
      parentHash: parent.hash,
      header,
      body: [],
      state,
    };
    const committed = chain.commit(block, {best: number > chain.best.number});
    if (!committed.ok) unwrap(chain.commit(block, {best: false}));
    await chain.flushed();
    blocks.push({hash: block.hash, number, top});
  };
  /** On to a final block far above, whose state came from elsewhere. */
  const leap = async (changes: readonly {key: number; value: number}[]) => {
    if (chain.gap !== undefined) return;
    const top = new Map(blocks.at(-1)!.top);
    for (const {key, value} of changes) top.set(keyOf(key), contentOf(value) ?? new Uint8Array(0));
    const state = memoryState(top, hash, 1);
    const number = chain.best.number + 10;
    const parentHash = hash(u32(salt++));
    const header = concatBytes(u32(number), parentHash, state.root());
    const block = {hash: hash(header), number, parentHash, header, body: [], state};
    chain.leapTo(block);
    await chain.flushed();
    blocks.push({hash: block.hash, number, top});
  };
  const restart = async (isKilled: boolean, flatIndex?: IndexPace | false) => {
    if (!isKilled) await chain.flushed();
    cuttable.isCut = isKilled;
    cuttable = new Cuttable(store);
    chain = open(flatIndex);
  };

  for (const one of commands) {
    if (one.do === "extend") await extend(one.on, one.edits);
    if (one.do === "finalize") {
      const height = Math.max(chain.finalized.number, chain.best.number - one.below);
      unwrap(chain.finalize(chain.blocks.canonical(height)!));
      await chain.flushed();
    }
    if (one.do === "steps") {
      for (let i = 0; i < one.count; i++) {
        chain.pruning.step(5);
        if (i % 3 === 0) await chain.flushed();
        if (i % 4 === 0) checkBlock(chain, blocks.at(-1)!);
      }
    }
    if (one.do === "restart") await restart(one.isKilled);
    if (one.do === "leap") await leap(one.edits);
    // The way back over a gap is not known.
    if (one.do === "rewind" && chain.gap === undefined) {
      chain.rewindTo(blocks[one.to % blocks.length]!.hash, new Map());
      await chain.flushed();
    }
    if (one.do === "narrow") {
      const states =
        one.to === 0 ? ({kind: "archive"} as const) : ({kind: "window", blocks: one.to} as const);
      chain.pruning.setPolicy({...chain.pruning.policy, states});
    }
    if (one.do === "damage") {
      await chain.flushed();
      await damage(store, one.where);
    }
    if (one.do === "without") {
      // A program that knows nothing of an index goes on with the chain, and prunes.
      await restart(false, false);
      await extend(0, one.edits);
      while (chain.pruning.step(50)) await chain.flushed();
      await restart(false);
    }
    for (const block of blocks) checkBlock(chain, block);
  }

  for (let i = 0; i < 5_000 && chain.pruning.step(20); i++) await chain.flushed();
  assert.ok(!chain.pruning.step(20), "all that is to do is done some time");
  for (const block of blocks) checkBlock(chain, block);
  // And once all was read and mended, every row is what the trie has.
  for (let i = 0; i < 5_000 && chain.pruning.step(20); i++) await chain.flushed();
  const status = chain.index!.status();
  assert.ok(status.isReady);
  for (const _ of chain.index!.check(true));
  for (let i = 0; i < 5_000 && chain.pruning.step(20); i++) await chain.flushed();
  for (const range of chain.index!.check(true)) assert.equal(range, undefined);
  const best = blocks.find(({hash: one}) => bytesToBinary(one) === bytesToBinary(chain.best.hash))!;
  const view = chain.indexed(best, chain.stateAt(best.hash)!);
  assert.ok(view instanceof IndexedState, "the best state is read by the index");
}

test("whatever blocks, forks, finality, rewinds, kills and damage: the index says what the trie says", async t => {
  await fc.assert(
    fc.asyncProperty(pace, fc.array(command, {maxLength: 50, size: "max"}), (speed, commands) =>
      run(new MemoryStore(), speed, commands),
    ),
    {numRuns: Number(process.env.INDEX_RUNS ?? 60)},
  );
  assert.ok(readByIndex > 1_000);
  t.diagnostic(`${readByIndex} states read by the index`);
});

test("and so it does on disk", async () => {
  await fc.assert(
    fc.asyncProperty(
      pace,
      fc.array(command, {minLength: 10, maxLength: 50, size: "max"}),
      async (speed, commands) => {
        const folder = mkdtempSync(join(tmpdir(), "khala-index-"));
        const store = unwrap(openLmdbStore(folder));
        try {
          await run(store, speed, commands);
        } finally {
          await store.close();
          rmSync(folder, {recursive: true});
        }
      },
    ),
    {numRuns: 10},
  );
});
