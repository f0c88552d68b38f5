import assert from "node:assert/strict";
import {test} from "node:test";
import {coreForTests} from "../test-kit/core-for-tests.ts";
import {deskForTests, makeNext} from "../test-kit/desk-for-tests.ts";
import {BlockAuthors} from "./block-authors.ts";

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
  const {members} = desk.set();
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
