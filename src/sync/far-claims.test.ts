import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import {LEASE, LOOK} from "./limits.ts";
import {RangeQueue} from "./range-queue.ts";
import {GENESIS, ToyChain, type ToyPeer, ToySync, toyBlock, toyRow} from "./test-kit/toy-chain.ts";

const row = toyRow(GENESIS, 3_000);
const long = new ToyChain(row);
const MILLION = 1_000_000;
const mute = (chain: ToyChain): ToyPeer => ({chain, answers: () => undefined});
const madeUp = (salt: number) => ({
  hash: new Uint8Array(32).fill(salt),
  number: MILLION + salt,
});

/** A node whose head has grown a moment ago, with three honest peers that are as far as it is. */
function inStep(height: number): ToySync {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, height - 1))});
  for (const id of ["a", "b", "c"]) toy.join(id, {chain: long}, row[height - 2]);
  toy.announce("a", row[height - 1]!);
  toy.run(0);
  assert.equal(toy.chain.best().number, height);
  assert.equal(toy.sync.isMajorSyncing, false);
  return toy;
}

test("thirty strangers who claim a far chain, new ones every ten seconds, gate nothing", () => {
  const toy = inStep(100);
  let liars: string[] = [];
  let held = 0;
  for (let second = 0; second < 160; second++) {
    if (second % 10 === 0) {
      for (const id of liars) toy.sync.peerLeft(id, toy.now);
      liars = Array.from({length: 30}, (_, i) => `liar${second}x${i}`);
      liars.forEach((id, i) => {
        toy.join(id, mute(toy.chain), madeUp(i % 4));
      });
    }
    if (toy.sync.isMajorSyncing) held++;
    if (second % 6 === 0) {
      toy.announce("a", row[toy.chain.best().number]!);
    }
    toy.run(0);
    toy.now = millis(toy.now + 1_000);
    toy.sync.tick(toy.now);
    if (toy.sync.isMajorSyncing) held++;
  }
  assert.equal(held, 0);
  assert.equal(toy.sync.target, toy.chain.best().number);
  assert.ok(toy.chain.best().number >= 126, "what honest peers announce is fetched meanwhile");
});

test("a set of strangers that stays costs a node that has just started one short look, and them their names", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  for (let i = 0; i < 6; i++) toy.join(`liar${i}`, mute(toy.chain), madeUp(1));
  assert.equal(toy.sync.isMajorSyncing, true, "who has just started waits for a look");
  const since = toy.now;
  toy.run(LOOK);
  assert.equal(toy.sync.isMajorSyncing, false);
  assert.ok(toy.now - since <= LOOK);
  for (let i = 0; i < 6; i++) toy.join(`another${i}`, mute(toy.chain), madeUp(2));
  assert.equal(toy.sync.isMajorSyncing, false, "and not again for others");
  toy.run(25_000);
  for (let i = 0; i < 6; i++) assert.ok(toy.reports.includes(`liar${i} empty-promise`), `${i}`);
});

test("the same claim by many is one, and honest claims weigh more than it", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  for (let i = 0; i < 30; i++) toy.join(`liar${i}`, mute(toy.chain), madeUp(1));
  for (const at of [98, 99]) toy.join(`honest${at}`, {chain: long}, row[at]);
  assert.equal(toy.sync.isMajorSyncing, false);
});

test("whoever answers a look with nothing has no say from then on, and shows a header or pays", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  const short = new ToyChain(row.slice(0, 100));
  toy.join("liar", {chain: short}, madeUp(1));
  // It came by a warp: it has its head and not what is between.
  const warped: ToyPeer = {chain: long, answers: ({body}, all) => (body ? [] : all)};
  toy.join("warped", warped);
  toy.run(1_000);
  assert.equal(toy.sync.isMajorSyncing, false);
  toy.run(60_000);
  assert.deepEqual(toy.reports, ["liar empty-promise"]);
});

test("a node a thousand blocks behind honest peers does not author before it is there, look or no look", () => {
  for (const liars of [0, 30]) {
    const toy = inStep(1_000);
    for (let i = 0; i < liars; i++) toy.join(`liar${i}`, mute(toy.chain), madeUp(i));
    let blocks = 0;
    toy.fate = ({number}) => {
      blocks++;
      // The first of all is the proof.
      if (number > 1_001 && number < 2_990) {
        assert.equal(toy.sync.isMajorSyncing, true, `at ${number}, ${liars} liars`);
      }
      return undefined;
    };
    for (const id of ["a", "b", "c"]) toy.announce(id, row.at(-1)!);
    toy.run(60_000);
    assert.equal(toy.chain.best().number, 3_000);
    assert.ok(blocks <= 2_100, String(blocks));
    toy.run(LEASE);
    assert.equal(toy.sync.isMajorSyncing, false);
  }
});

test("liars that were there first and are asked first do not keep a new node from finding out in time", () => {
  const toy = new ToySync();
  for (let i = 0; i < 30; i++) toy.join(`liar${i}`, mute(toy.chain), madeUp(i));
  for (const id of ["a", "b", "c"]) toy.join(id, {chain: long});
  const since = toy.now;
  toy.fate = ({number}) => {
    if (number === 1) assert.ok(toy.now - since < LOOK, `${toy.now - since} ms`);
    if (number < 2_990) assert.equal(toy.sync.isMajorSyncing, true, `at ${number}`);
    return undefined;
  };
  toy.run(15_000);
  assert.equal(toy.chain.best().number, 3_000);
  assert.ok(!toy.reports.some(report => /^[abc] /.test(report)), toy.reports.join());
});

test("a stranger on a slow line is heard although others were asked the same meanwhile, and is not blamed", () => {
  const queue = new RangeQueue(GENESIS);
  const first = queue.next(64)!;
  queue.lend(first);
  assert.deepEqual(queue.next(64), first, "another one may have it");
  const blocks = row
    .slice(0, 64)
    .map(block => ({...block, body: [], justification: undefined, size: 1}));
  queue.deliver(first, "slow", blocks);
  queue.deliver(first, "other", blocks);
  assert.deepEqual(
    queue.take().ready.map(({peer}) => peer),
    ["slow"],
  );
  assert.ok(queue.isEmpty);
});

test("a lying peer that gives new blocks one at a time is not believed for more than they are", () => {
  const toy = inStep(100);
  const dripping: ToyPeer = {
    chain: long,
    answers: ({from}, all) =>
      "number" in from && from.number === toy.chain.best().number + 1 ? all.slice(0, 1) : undefined,
  };
  const end = row[999]!;
  for (let i = 0; i < 7; i++) toy.join(`drip${i}`, dripping, {hash: end.hash, number: MILLION});
  let held = 0;
  toy.fate = ({number}) => {
    if (toy.sync.isMajorSyncing) held++;
    return number > 140 ? {kind: "unchecked"} : undefined;
  };
  toy.run(60_000);
  assert.equal(held, 0);
});

test("old blocks prove a chain although no more than one fits into an answer", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  toy.isOld = ({number}) => number < 950;
  toy.join("a", {chain: long, answers: (_, all) => all.slice(0, 1)}, row[999]);
  toy.now = millis(toy.now + LOOK);
  toy.fate = ({number}) => {
    if (number > 101 && number < 950) assert.equal(toy.sync.isMajorSyncing, true, `${number}`);
    return undefined;
  };
  toy.run(60_000);
  assert.equal(toy.chain.best().number, 1_000);
});

test("a row that is made up counts for nothing: its first block is not one that an author sealed", () => {
  const toy = inStep(100);
  const fake = toyRow(row[99]!, 500, 7);
  const poisoned = new ToyChain([...row.slice(0, 100), ...fake]);
  let held = 0;
  toy.fate = ({header}) => {
    if (toy.sync.isMajorSyncing) held++;
    const isFake = header.stateRoot[3] === 7;
    return isFake ? {kind: "bad", reason: "no author sealed it"} : undefined;
  };
  for (let i = 0; i < 6; i++) toy.join(`liar${i}`, {chain: poisoned});
  toy.run(60_000);
  assert.equal(held, 0);
  assert.equal(toy.sync.isMajorSyncing, false);
  assert.ok(toy.reports.some(report => /liar\d bad-block/.test(report)));
});

test("two blocks that are new at once are no catching up", () => {
  const toy = inStep(100);
  const fork = toyBlock(row[98], 3);
  const forked = new ToyChain([...row.slice(0, 99), fork, ...toyRow(fork, 2, 3)]);
  toy.join("d", {chain: forked});
  toy.run(1_000);
  assert.equal(toy.sync.isMajorSyncing, false);
});
