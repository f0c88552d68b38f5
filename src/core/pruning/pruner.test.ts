import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {ChainStore, INDEX_PACE} from "#store";
import {MemoryStore} from "../../store/memory-store.ts";
import {coreForTests, FIRST_SLOT} from "../test-kit/core-for-tests.ts";
import {Pruner} from "./pruner.ts";

/** A core with some blocks, and a pruner whose turns are counted; what it logs, and what it dies of. */
async function prunerForTests(blocks: number, create?: Parameters<typeof coreForTests>[3]) {
  const kit = await coreForTests(["Alice", "Bob", "Charlie", "Dave"], {}, {}, create);
  for (let i = 0; i < blocks; i++) await kit.make(FIRST_SLOT + i);
  const {chain} = kit.core;
  const logged: string[] = [];
  const fatal: unknown[] = [];
  let turns = 0;
  const pruner = new Pruner({
    store: kit.store,
    chain,
    logger: {log: (level, _target, message) => void logged.push(`${level}: ${message}`)},
    yieldThread: async () => void turns++,
    onFatal: fault => void fatal.push(fault),
  });
  const finalize = async (number: number) => {
    await unwrap(chain.finalize(chain.hashOf(number)!, undefined));
    // Until the work that this began is over.
    await pruner.stop();
  };
  const policy = {...kit.store.pruning.policy, states: {kind: "window", blocks: 2} as const};
  return {...kit, pruner, finalize, policy, logged, fatal, turns: () => turns};
}

test("what is not kept goes when blocks become final, with turns for others in between", async () => {
  const {core, store, pruner, policy, turns, logged, fatal} = await prunerForTests(6);
  store.pruning.setPolicy(policy);
  pruner.start();
  // Until there is nothing to do.
  for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve));
  await unwrap(core.chain.finalize(core.chain.hashOf(6)!, undefined));
  for (let turn = 0; turn < 1_000 && store.pruning.status().floor < 5; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
  await pruner.stop();
  assert.ok(turns() > 0);
  assert.deepEqual([logged, fatal], [[], []]);
  const {chain} = core;
  assert.equal(chain.state(chain.hashOf(4)!), undefined);
  assert.ok(chain.state(chain.hashOf(5)!) !== undefined);
  assert.deepEqual(chain.discarded(chain.hashOf(3)!)?.nearest, {hash: chain.hashOf(5), number: 5});
  assert.equal(chain.discarded(chain.hashOf(5)!), undefined);
});

test("a view that was opened before its state went is not given out again", async () => {
  const {core, store, pruner, finalize, policy} = await prunerForTests(5);
  const {chain} = core;
  const hash = chain.hashOf(1)!;
  assert.ok(chain.state(hash) !== undefined);
  store.pruning.setPolicy(policy);
  pruner.start();
  await finalize(5);
  assert.equal(chain.state(hash), undefined);
  const alone = chain.runtimeAlone(hash)!;
  assert.deepEqual(
    unwrap(chain.runtimeOf(alone)).version,
    unwrap(chain.runtimeOf(chain.head.state)).version,
  );
});

test("who runs the node hears of rows of the index that were damaged and made again", async () => {
  const memory = new MemoryStore();
  const {core, store, pruner, finalize, logged} = await prunerForTests(5, async (first, hash) => {
    await ChainStore.begin(memory, first, hash);
    return ChainStore.over(memory, hash, {flatIndex: {...INDEX_PACE, least: 1, memory: 0}});
  });
  pruner.start();
  await finalize(1);
  pruner.start();
  await finalize(2);
  assert.ok(store.index!.isReady);
  for (const [key, value] of [...memory.range({from: "f", to: "g"})]) {
    await memory.write([[key, value.fill(0)]]);
  }
  const {chain} = core;
  const hash = chain.head.hash;
  assert.deepEqual([...chain.view(hash)!.entries()], [...chain.state(hash)!.entries()]);
  assert.ok(store.index!.status().damaged > 0);
  for (let number = 3; logged.length === 0 && number <= 5; number++) {
    pruner.start();
    await finalize(number);
    while (store.pruning.step(10));
  }
  assert.equal(logged.length, 1);
  assert.match(logged[0]!, /^warn: rows of the index/);
});

test("pruning that stopped at a damaged state goes on once that was mended", async () => {
  const memory = new MemoryStore();
  const {store, pruner, finalize, policy, logged, fatal} = await prunerForTests(
    6,
    async (first, hash) => {
      await ChainStore.begin(memory, first, hash);
      return ChainStore.over(memory, hash);
    },
  );
  await store.flushed();
  const sound = [...memory.range({from: "s", to: "t"})].map(
    ([key, record]) => [key, record.slice()] as const,
  );
  await memory.write(sound.map(([key, record]) => [key, record.slice().fill(0)]));
  store.pruning.setPolicy(policy);
  pruner.start();
  await finalize(6);
  assert.match(logged.join(), /^error: a state that has to be kept is damaged/);
  const {floor} = store.pruning.status();
  await memory.write(sound);
  pruner.start();
  pruner.mended();
  await pruner.stop();
  assert.equal(store.pruning.status().floor, floor);
  pruner.start();
  for (let turn = 0; turn < 1_000 && store.pruning.status().floor < 5; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
  await pruner.stop();
  assert.deepEqual([store.pruning.status().floor, logged.length, fatal], [5, 1, []]);
});
