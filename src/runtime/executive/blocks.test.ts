import assert from "node:assert/strict";
import {test} from "node:test";
import {addWeight, weightOf} from "#primitives";
import type {Pallet} from "../frame/index.ts";
import {KhalaTestChain} from "../test-kit/khala-test-chain.ts";
import {initializeBlock} from "./index.ts";

const GOOD = () => {
  const khala = new KhalaTestChain();
  const made = khala.make([khala.signed(2, khala.transfer(3, 69n))]);
  return {khala, ...made};
};

/** The chain with one more pallet, whose hooks weigh something. */
function withHooks(hooks: Pallet["hooks"]): KhalaTestChain {
  const khala = new KhalaTestChain();
  const pallet: Pallet = {
    name: "Hooked",
    index: 200,
    docs: "",
    crate: "hooked",
    storageVersion: 0,
    storage: [],
    constants: [],
    ...(hooks === undefined ? {} : {hooks}),
  };
  khala.composition = {...khala.composition, pallets: [...khala.composition.pallets, pallet]};
  return khala;
}

test("a block that was made is imported with the same header and state", () => {
  const {khala, header, body} = GOOD();
  khala.import(header, body);
  assert.deepEqual(khala.head, header);
  assert.deepEqual(khala.state.outcome(0).root, header.stateRoot);
  assert.equal(khala.free(3), (1n << 60n) + 69n);
});

test("a block whose state root is wrong is refused", () => {
  const {khala, header, body} = GOOD();
  const wrong = {...header, stateRoot: new Uint8Array(32)};
  assert.throws(() => khala.import(wrong, body), /Storage root must match/);
});

test("a block whose extrinsics root is wrong is refused", () => {
  const {khala, header, body} = GOOD();
  const wrong = {...header, extrinsicsRoot: new Uint8Array(32)};
  assert.throws(() => khala.import(wrong, body), /Transaction trie root must be valid/);
});

test("a block on another parent is refused", () => {
  const {khala, header, body} = GOOD();
  khala.import(header, body);
  assert.throws(() => khala.import({...header, number: 2}, body));
});

test("a block with a digest that execution does not come to is refused", () => {
  const {khala, header, body} = GOOD();
  const more = {...header, digest: [...header.digest, {type: "Other", value: header.stateRoot}]};
  assert.throws(() => khala.import(more as typeof header, body), /Number of digest items/);
});

test("the weight of hooks and of the block itself is booked as Mandatory", () => {
  const khala = new KhalaTestChain();
  khala.begin();
  // Base 390,584,000; Timestamp 4,334,000; Aura 150,000,000; noting the author 546,461,000.
  assert.deepEqual(khala.blockWeight.mandatory, weightOf(1_091_379_000n));
  assert.deepEqual(khala.blockWeight.normal, weightOf(0n));
});

test("upgrade, hooks and base all count, in time and in proof", () => {
  const plain = new KhalaTestChain();
  const khala = withHooks({
    onInitialize: () => weightOf(175n, 5n),
    onRuntimeUpgrade: () => weightOf(200n, 7n),
  });
  for (const chain of [plain, khala]) {
    chain.advance();
    chain.composition = {
      ...chain.composition,
      version: {...chain.composition.version, specVersion: 1_000_000},
    };
    chain.begin();
  }
  const expected = addWeight(plain.blockWeight.mandatory, weightOf(375n, 12n));
  assert.deepEqual(khala.blockWeight.mandatory, expected);
});

test("upgrade hooks run when the version rises or the name changes, and only then", () => {
  const {chain} = new KhalaTestChain();
  const {lastRuntimeUpgrade} = chain.system.storage;
  const {specName, specVersion} = chain.composition.version;
  const upgraded = (stored: {specName: string; specVersion: number} | undefined) => {
    let ran = 0;
    const khala = new KhalaTestChain();
    khala.composition = {...khala.composition, migrate: () => ran++};
    if (stored === undefined) lastRuntimeUpgrade.remove(khala.state);
    else lastRuntimeUpgrade.set(khala.state, stored);
    initializeBlock(khala.state, khala.composition, khala.nextHeader);
    assert.deepEqual(lastRuntimeUpgrade.get(khala.state)?.specName, specName);
    return ran === 1;
  };
  assert.equal(upgraded({specName, specVersion}), false);
  assert.equal(upgraded(undefined), true);
  assert.equal(upgraded({specName, specVersion: specVersion - 1}), true);
  assert.equal(upgraded({specName, specVersion: specVersion + 1}), false);
  assert.equal(upgraded({specName: "other", specVersion}), true);
});

test("events of an upgrade are among the block's", () => {
  const khala = new KhalaTestChain();
  khala.advance();
  const {composition} = khala;
  khala.composition = {
    ...composition,
    version: {...composition.version, specVersion: composition.version.specVersion + 1},
    migrate: state => khala.chain.system.events.CodeUpdated(state, {}),
  };
  khala.begin();
  assert.deepEqual(khala.events()[0], ["System.CodeUpdated", {}]);
});

test("asking for the state's root while a block is made changes nothing", () => {
  const {khala, header, body} = GOOD();
  khala.begin();
  for (const bytes of body) {
    khala.state.root(0);
    assert.ok(khala.apply(bytes).ok);
  }
  assert.deepEqual(khala.finish(), header);
  assert.deepEqual(khala.state.root(0), header.stateRoot);
});

test("what a block needs only while it is made is gone afterwards", () => {
  const khala = new KhalaTestChain();
  khala.advance([khala.signed(2, khala.transfer(3, 1n))]);
  const {system, authorship, timestamp} = khala.chain;
  const {executionPhase, allExtrinsicsLen, extrinsicCount, extrinsicData} = system.storage;
  for (const item of [executionPhase, allExtrinsicsLen, extrinsicCount]) {
    assert.equal(item.exists(khala.state), false);
  }
  assert.equal(extrinsicData.has(khala.state, 0), false);
  assert.equal(authorship.storage.author.exists(khala.state), false);
  assert.equal(timestamp.storage.didUpdate.exists(khala.state), false);
  for (const key of [":extrinsic_index", ":intrablock_entropy"]) {
    assert.equal(khala.state.has(key), false);
  }
  assert.equal(system.storage.number.get(khala.state), 1);
});

test("block hashes are kept as long as the window, and the first for ever", () => {
  const khala = new KhalaTestChain({blockHashCount: 8});
  for (let i = 0; i < 12; i++) khala.advance();
  const {blockHash} = khala.chain.system.storage;
  const known = Array.from({length: 13}, (_, n) => n).filter(n => blockHash.has(khala.state, n));
  assert.deepEqual(known, [0, 4, 5, 6, 7, 8, 9, 10, 11]);
});
