import assert from "node:assert/strict";
import {test} from "node:test";
import {coreForTests} from "../test-kit/core-for-tests.ts";
import {deskForTests, makeNext} from "../test-kit/desk-for-tests.ts";

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
