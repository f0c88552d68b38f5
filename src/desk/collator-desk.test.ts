import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {coreForTests, SLOT} from "../core/test-kit/core-for-tests.ts";
import {BlockAuthors} from "./block-authors.ts";
import {deskForTests, makeNext} from "./test-kit/desk-for-tests.ts";

test("own slots are those since the session's first block, however many slots stayed empty", async () => {
  // Of four authors the other three are silent: a session of ten blocks takes forty slots.
  const kit = await coreForTests(["Alice"], {sessionPeriod: 10, kickThreshold: 10});
  const {desk, journal} = deskForTests(kit);
  for (let i = 0; i < 7; i++) await makeNext(kit, journal);
  const {turns, made} = desk.status().production;
  assert.deepEqual([turns, made], [7, 7]);
  while (kit.core.chain.best().number < 26) await makeNext(kit, journal);
  const {production, session} = desk.status();
  assert.deepEqual([session.index, session.blocksInto], [2, 6]);
  // The block with which the session began was the last of those before.
  assert.deepEqual([production.turns, production.made], [6, 6]);
});

test("a last block is one that the account made, and not what the chain counts a new candidate's silence from", async () => {
  const kit = await coreForTests(["Alice"]);
  const {desk, journal, facts} = deskForTests(kit);
  const {chain} = kit.core;
  assert.equal(desk.status().standing?.lastAuthored, 0);
  for (let i = 0; i < 4; i++) await makeNext(kit, journal);
  assert.equal(desk.status().standing?.lastAuthored, 4);
  const members = desk.set().members!;
  for (const {lastAuthored, isOurs} of members) assert.equal(lastAuthored, isOurs ? 4 : 0);
  const alice = members.find(({isOurs}) => isOurs)!.account;
  const bob = members.find(({isOurs}) => !isOurs)!.account;
  const authors = new BlockAuthors({chain, facts});
  assert.equal(authors.lastOf(alice, 3), 3);
  // Registered, with the clock of its silence in the future; then past that, with nothing authored.
  assert.equal(authors.lastOf(bob, 64), 0);
  assert.equal(authors.lastOf(bob, 3), 0);
  assert.equal(authors.lastOf(bob, 0), 0);
});

test("slots missed long ago, or before the account left, say nothing of how it goes now", async () => {
  const kit = await coreForTests(["Alice"]);
  const {desk, journal} = deskForTests(kit);
  await makeNext(kit, journal);
  const now = kit.clock.now();
  const miss = (ago: number) => {
    const at = millis(now - ago * SLOT);
    const slot = at / SLOT;
    journal.note({slot, at, outcome: "out-of-time", block: undefined, detail: undefined});
  };
  // Ten turns of four authors are forty slots.
  for (const ago of [100, 200, 300]) miss(ago);
  assert.equal(desk.status().verdict.code, "producing");
  for (const ago of [4, 8, 12]) miss(ago);
  assert.equal(desk.status().verdict.code, "missing-slots");
  assert.deepEqual(
    desk.recent().map(({outcome}) => outcome),
    ["produced", "out-of-time", "out-of-time", "out-of-time"],
  );
  // An account that is not in the set has no turns to take back.
  const eve = WELL_KNOWN_ACCOUNTS.find(({name}) => name === "Eve")!;
  desk.watch(eve.sr25519);
  assert.deepEqual(desk.recent(), []);
  desk.watch(undefined);
  // Nothing new came, and what was missed is past all the same.
  kit.clock.advanceTo(millis(now + 100 * SLOT));
  assert.equal(desk.status().verdict.code, "producing");
});
