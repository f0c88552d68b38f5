import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import fc from "fast-check";
import {unwrap} from "#base";
import {hash} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import type {IndexPace} from "./flat-index/index.ts";
import type {KeyValueStore} from "./key-value-store.ts";
import {openLmdbStore} from "./lmdb-store.ts";
import {MemoryStore} from "./memory-store.ts";
import {modelGenesis, OTHER, PALLET, PruningModel} from "./pruning-model-for-tests.ts";
import {KEEP_ALL, type PruningPolicy} from "./pruning-policy.ts";

const edit = fc.record({
  kind: fc.constantFrom("top", "top", "child", "pallet", "code"),
  key: fc.nat(9),
  value: fc.nat(3),
});

const states = fc.oneof(
  fc.constantFrom<PruningPolicy["states"]>({kind: "archive"}, {kind: "archive-canonical"}),
  fc.integer({min: 1, max: 4}).map(blocks => ({kind: "window", blocks}) as const),
  fc.nat(8).map(height => ({kind: "since", height}) as const),
);

const command = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("extend"),
      on: fc.nat(40),
      edits: fc.array(edit, {maxLength: 6}),
    }),
  },
  {weight: 4, arbitrary: fc.record({do: fc.constant("finalize"), which: fc.nat(40)})},
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("step"),
      most: fc.integer({min: 1, max: 9}),
      flushed: fc.boolean(),
    }),
  },
  {weight: 2, arbitrary: fc.record({do: fc.constant("policy"), states})},
  {
    weight: 1,
    arbitrary: fc.record({do: fc.constant("pallets"), pallets: fc.subarray([OTHER, PALLET])}),
  },
  {weight: 2, arbitrary: fc.record({do: fc.constant("restart")})},
  {weight: 2, arbitrary: fc.record({do: fc.constant("pin"), which: fc.nat(40)})},
  {weight: 1, arbitrary: fc.record({do: fc.constant("unpin")})},
  {weight: 2, arbitrary: fc.record({do: fc.constant("settle")})},
);

type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

/** A store that a process which ended cannot write to any more. */
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
  write = async (batch: Parameters<KeyValueStore["write"]>[0]) => {
    if (!this.isCut) await this.#store.write(batch);
  };
}

/** So little at a time that chains of a few blocks have all of it happen to them. */
const PACE: IndexPace = {
  behind: 1,
  folded: 2,
  compared: 3,
  moved: 1,
  mostOver: 400,
  least: 1,
  memory: 8_192,
};

async function run(store: KeyValueStore, commands: readonly Command[]): Promise<void> {
  await ChainStore.begin(store, modelGenesis(), hash);
  let cuttable = new Cuttable(store);
  let chain = ChainStore.over(cuttable, hash, {flatIndex: PACE});
  const model = new PruningModel(chain, store, KEEP_ALL);
  const pinned = new Map<Uint8Array, () => void>();
  const unpin = () => {
    for (const release of pinned.values()) release();
    pinned.clear();
  };
  const settle = async () => {
    unpin();
    while (chain.pruning.step(7)) await chain.flushed();
    await chain.flushed();
    model.settle();
    model.check(chain, store);
  };
  const setPolicy = async (changed: Partial<PruningPolicy>) => {
    // Else the model would have to know which of the states on their way out went before.
    await settle();
    model.policy = {...model.policy, ...changed};
    chain.pruning.setPolicy(model.policy);
    await chain.flushed();
  };
  for (const one of commands) {
    if (one.do === "extend") await model.extend(chain, store, one.on, one.edits);
    if (one.do === "finalize") {
      model.finalize(chain, one.which);
      await chain.flushed();
    }
    if (one.do === "step") {
      chain.pruning.step(one.most);
      if (one.flushed) await chain.flushed();
    }
    if (one.do === "policy") await setPolicy({states: one.states});
    if (one.do === "pallets") await setPolicy({pallets: one.pallets});
    if (one.do === "restart") {
      // What was not flushed is lost, as by a kill.
      cuttable.isCut = true;
      cuttable = new Cuttable(store);
      chain = ChainStore.over(cuttable, hash, {flatIndex: PACE});
      pinned.clear();
    }
    if (one.do === "pin") {
      const {hash: block, number} = model.blocks[one.which % model.blocks.length]!;
      if (chain.stateAt(block) !== undefined && !pinned.has(block))
        pinned.set(block, chain.pruning.pin({hash: block, number}));
    }
    if (one.do === "unpin") unpin();
    model.checkReadable(chain, block => pinned.has(block));
    if (one.do === "settle") await settle();
  }
  await settle();
}

test("whatever blocks, forks, finality, policies and kills: kept states are whole, others refused, nothing is left over", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, {maxLength: 40}), commands =>
      run(new MemoryStore(), commands as Command[]),
    ),
    {numRuns: 200},
  );
});

test("and so it is on disk", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, {minLength: 10, maxLength: 40}), async commands => {
      const folder = mkdtempSync(join(tmpdir(), "khala-pruning-"));
      const store = unwrap(openLmdbStore(folder));
      try {
        await run(store, commands as Command[]);
      } finally {
        await store.close();
        rmSync(folder, {recursive: true});
      }
    }),
    {numRuns: 12},
  );
  assert.ok(true);
});
