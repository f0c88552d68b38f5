import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, bytesToHex, concatBytes, invariant, millis, unwrap, utf8Bytes} from "#base";
import {describeRuntime, StateReader} from "#description";
import {ChainStore} from "#store";
import type {BestChange} from "../../core/chain/chain-events.ts";
import {
  type CoreForTests,
  coreForTests,
  FIRST_SLOT,
  foreignCoreForTests,
  SLOT,
} from "../../core/test-kit/core-for-tests.ts";
import {signedUpgrade} from "../../core/test-kit/upgrade.ts";
import {FOREIGN, UPGRADED} from "../../runtime/test-kit/foreign/index.ts";
import {MemoryStore} from "../../store/memory-store.ts";
import {createTimeTools} from "./time-tools.ts";

/** A node of the local chain that holds the keys of Alice and Charlie: every other slot is its own. */
async function developer() {
  const node = await coreForTests(["Alice", "Charlie"]);
  const {core} = node;
  const tools = toolsOf(node);
  const best = () => core.chain.best().number;
  const final = () => core.chain.finalized().number;
  const make = async (count: number) => {
    for (let i = 0; i < count; i++) unwrap(await tools.makeBlock());
  };
  return {node, core, clock: node.clock, store: node.store, tools, best, final, make};
}

const HOST = {verifySignature: () => false};

function toolsOf({core, crypto, store}: CoreForTests) {
  invariant(core.outOfTurn, "asked for");
  return createTimeTools(core, core.outOfTurn, HOST, crypto, {store});
}

/** Reads the head's state as its own runtime describes it. */
function readerAt({core: {chain}, crypto}: CoreForTests): StateReader {
  const {state} = chain.head;
  const host = chain.host(state, HOST);
  const description = unwrap(describeRuntime(unwrap(chain.runtimeOf(state)), host));
  return new StateReader(description, state, crypto.hashing);
}

test("blocks are made without waiting, and time follows them", async () => {
  const {core, make, best, clock} = await developer();
  await make(5);
  assert.equal(best(), 5);
  assert.equal(clock.now(), FIRST_SLOT * SLOT);
  const ahead = core.time.now() - clock.now();
  assert.ok(ahead >= 8 * SLOT && ahead <= 10 * SLOT, `${ahead}`);
});

test("after travelling, blocks are dated where one has travelled to; there is no way back", async () => {
  const {core, tools, clock} = await developer();
  const there = millis(clock.now() + 1_000_000);
  unwrap(tools.travelTo(there));
  unwrap(await tools.makeBlock());
  assert.ok(core.time.now() >= there);
  const refused = tools.travelTo(millis(there - 1));
  assert.equal(refused.ok ? "" : refused.error.code, "time-passed");
});

test("an override holds after its block, under a root that the header names", async () => {
  const {core, tools} = await developer();
  const {number} = unwrap(await tools.overrideState([["somewhere", Uint8Array.of(1, 2)]]));
  const {header, state} = core.chain.head;
  assert.equal(number, 1);
  assert.deepEqual(state.get("somewhere"), Uint8Array.of(1, 2));
  assert.equal(bytesToHex(header.stateRoot), bytesToHex(state.root()));
  unwrap(await tools.overrideState([["somewhere", undefined]]));
  assert.equal(core.chain.head.state.get("somewhere"), undefined);
});

test("an override that would end the chain is refused before there is a block", async () => {
  const {node, tools, best} = await developer();
  const {hashing} = node.crypto;
  const authorities = bytesToBinary(
    concatBytes(...["Aura", "Authorities"].map(name => hashing.twox128(utf8Bytes(name)))),
  );
  for (const [override, why] of [
    [[":code", undefined], /no block can follow block 1: the state holds no runtime/],
    [[authorities, Uint8Array.of(0)], /no block can follow block 1: there are no authorities/],
    [[authorities, Uint8Array.of(255)], /the state of the chain cannot be read/],
  ] as const) {
    const refused = await tools.overrideState([override]);
    assert.match(JSON.stringify(refused), why);
    assert.equal(best(), 0);
  }
});

test("others execute a block with an override to another state, and refuse it", async () => {
  const {node, core, tools} = await developer();
  const other = await coreForTests([]);
  const {hash} = unwrap(await tools.overrideState([["somewhere", Uint8Array.of(1)]]));
  other.clock.advanceTo(core.time.now());
  const imported = await other.takeFrom(node, hash);
  assert.equal(imported.ok ? "" : imported.error.code, "state-root-mismatch");
});

test("transactions that are named and not valid make no block", async () => {
  const {tools, best} = await developer();
  const refused = await tools.makeBlock([Uint8Array.of(8, 4, 200)]);
  assert.match(JSON.stringify(refused), /transactions-refused/);
  assert.equal(best(), 0);
});

test("the head goes back below what is final, other blocks follow it, and forth to what was left", async () => {
  const {core, tools, make, best, final, store} = await developer();
  const {chain} = core;
  const changes: BestChange[] = [];
  chain.on("best", change => changes.push(change));
  await make(6);
  const left = chain.best();
  await unwrap(chain.finalize(chain.hashOf(5)!, undefined));
  const before = core.finality.grandpa!.status.round;
  unwrap(await tools.setHead(chain.hashOf(2)!));
  assert.deepEqual([best(), final(), store.finalized.number], [2, 2, 2]);
  const {isRewind, retracted} = changes.at(-1)!;
  assert.deepEqual([isRewind, retracted.map(({number}) => number)], [true, [6, 5, 4, 3]]);
  assert.deepEqual([chain.isGivenUp(left.hash), chain.isGivenUp(chain.best().hash)], [true, false]);
  assert.ok(core.finality.grandpa!.status.round > before, "no step of a round is taken twice");

  await make(2);
  const here = chain.best();
  assert.equal(best(), 4);
  unwrap(await tools.setHead(left.hash));
  assert.deepEqual([best(), final()], [6, 2]);
  assert.deepEqual([chain.isGivenUp(left.hash), chain.isGivenUp(here.hash)], [false, true]);
  await make(1);
  assert.equal(best(), 7);
  assert.ok(chain.isDescendant(chain.best(), left));
  unwrap(await tools.setHead(here.hash));
  unwrap(await tools.setHead(chain.genesisHash));
  assert.equal(best(), 0);
  await make(1);
  const unknown = await tools.setHead(new Uint8Array(32));
  assert.equal(unknown.ok ? "" : unknown.error.code, "parent-unknown");
});

test("state is said by the names that the runtime publishes, whichever runtime it is", async () => {
  const who = new Uint8Array(32).fill(9);
  for (const start of [coreForTests, foreignCoreForTests]) {
    const node = await start(["Alice"]);
    const tools = toolsOf(node);
    const before = readerAt(node).read("CollatorSelection.DesiredCandidates");
    const values = tools.namedValues({
      system: {account: [[[bytesToHex(who)], {nonce: 3, data: {free: "1000000000000000"}}]]},
      CollatorSelection: {DesiredCandidates: 3, $removePrefix: ["Invulnerables"]},
    });
    unwrap(await tools.overrideState(unwrap(values)));
    const reader = readerAt(node);
    const {nonce, data} = reader.read("System.Account", [who]) as {nonce: number; data: object};
    assert.deepEqual([nonce, (data as {free: bigint}).free], [3, 10n ** 15n]);
    assert.notEqual(before, 3);
    assert.equal(reader.read("CollatorSelection.DesiredCandidates"), 3);
    assert.deepEqual(reader.ask("CollatorSelection.Invulnerables"), {
      kind: "value",
      value: [],
      isStored: false,
    });
    const wrong = tools.namedValues({CollatorSelection: {DesiredCandidates: -1}});
    assert.match(JSON.stringify(wrong), /misfit.*DesiredCandidates.*a whole number from 0/);
  }
});

test("going back over an upgrade, time goes on as it was: numbers of shorter slots are none of a far future", async () => {
  const node = await foreignCoreForTests(["Alice", "Bob", "Charlie", "Dave"]);
  const {core, crypto} = node;
  const tools = toolsOf(node);
  const begun = core.time.now();
  // Each key has signed for a slot of before: below its first one it signs for none.
  for (let i = 0; i < 4; i++) unwrap(await tools.makeBlock());
  const before = core.chain.head.hash;
  // In the middle of a slot, that is, of the second of two when they are half as long.
  unwrap(tools.travelTo(millis((Math.floor(core.time.now() / SLOT) + 1.3) * SLOT)));
  unwrap(await tools.makeBlock([signedUpgrade(core, crypto)]));
  for (let i = 0; i < 3; i++) unwrap(await tools.makeBlock());
  assert.equal(core.slotDuration(), UPGRADED.slotDuration);
  unwrap(await tools.setHead(before));
  assert.equal(core.slotDuration(), FOREIGN.slotDuration);
  for (let i = 0; i < 2; i++) unwrap(await tools.makeBlock());
  unwrap(await tools.makeBlock([signedUpgrade(core, crypto)]));
  unwrap(await tools.makeBlock());
  assert.ok(core.time.now() - begun < 60 * SLOT, `${core.time.now() - begun}`);
});

test("a block that was named is come back to, whatever was pruned since, and after a restart", async () => {
  const {node, core, tools, best, make, store} = await developer();
  await make(3);
  unwrap(await tools.overrideState([["somewhere", Uint8Array.of(1)]]));
  const named = unwrap(tools.snapshot("ready"));
  assert.equal(named.number, 4);
  unwrap(await tools.overrideState([["somewhere", Uint8Array.of(2)]]));
  await make(5);
  store.pruning.setPolicy({...store.pruning.policy, states: {kind: "window", blocks: 2}});
  unwrap(core.chain.finalize(core.chain.head.hash, undefined));
  while (store.pruning.step(1_000));
  assert.deepEqual(unwrap(await tools.restore("ready")), named);
  assert.equal(best(), 4);
  assert.deepEqual(core.chain.head.state.get("somewhere"), Uint8Array.of(1));
  // As after a restart.
  const again = toolsOf(node);
  assert.deepEqual(again.snapshots(), [named]);
  await make(2);
  assert.equal(unwrap(await again.restore("ready")).number, 4);
});

test("what a restore changes goes to disk as one write", async () => {
  const disk = new MemoryStore();
  const node = await coreForTests(["Alice", "Charlie"], {}, {}, async (genesis, hash) => {
    await ChainStore.begin(disk, genesis, hash);
    return ChainStore.over(disk, hash);
  });
  const tools = toolsOf(node);
  unwrap(await tools.makeBlock());
  unwrap(tools.snapshot("ready"));
  unwrap(await tools.makeBlock());
  await node.store.flushed();
  const written: number[] = [];
  const write = disk.write.bind(disk);
  disk.write = batch => {
    written.push(batch.length);
    return write(batch);
  };
  unwrap(await tools.restore("ready"));
  assert.equal(written.length, 1);
});

test("names are taken over, dropped, and said where one is missing", async () => {
  const {tools, make} = await developer();
  unwrap(tools.snapshot("a"));
  await make(1);
  unwrap(tools.snapshot("b"));
  assert.equal(unwrap(tools.snapshot("a")).number, 1);
  assert.deepEqual(
    tools.snapshots().map(({name, number}) => [name, number]),
    [
      ["b", 1],
      ["a", 1],
    ],
  );
  unwrap(tools.dropSnapshot("a"));
  const missing = await tools.restore("a");
  assert.deepEqual(missing, {
    ok: false,
    error: {code: "snapshot-unknown", name: "a", known: ["b"]},
  });
  assert.equal(tools.dropSnapshot("a").ok, false);
  const unwritable = [
    "",
    "x".repeat(101),
    "half \ud83d",
    "\udc00",
    "bell \x07",
    "two\nlines",
    "\u2028",
  ];
  for (const name of unwritable) assert.equal(tools.snapshot(name).ok, false, JSON.stringify(name));
  assert.ok(tools.snapshot("a pair 🙂 and ünïcode").ok);
});

test("what nobody names any more is pruned like the rest", async () => {
  const {core, tools, make, store} = await developer();
  await make(2);
  unwrap(tools.snapshot("a"));
  await make(5);
  store.pruning.setPolicy({...store.pruning.policy, states: {kind: "window", blocks: 1}});
  unwrap(core.chain.finalize(core.chain.head.hash, undefined));
  while (store.pruning.step(1_000));
  assert.equal(store.pruning.status().floor, 2);
  unwrap(tools.dropSnapshot("a"));
  while (store.pruning.step(1_000));
  assert.equal(store.pruning.status().floor, 7);
});
