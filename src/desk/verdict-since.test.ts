import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import {coreForTests, SLOT} from "../core/test-kit/core-for-tests.ts";
import {deskForTests, makeNext} from "./test-kit/desk-for-tests.ts";
import {VerdictSince} from "./verdict-since.ts";
import type {Kick, SlotRecord, VerdictCode} from "./vocabulary.ts";

const HOUR = 3_600_000;

test("what is watched lasts by the machine's clock, also where the chain's was moved on", async () => {
  const kit = await coreForTests(["Alice"]);
  const {desk, journal} = deskForTests(kit);
  await makeNext(kit, journal);
  const lasted = () => {
    const {verdict, since, time} = desk.status();
    assert.equal(verdict.code, "producing");
    return [time.at - since!.at, since!.isAtLeast];
  };
  assert.deepEqual(lasted(), [0, true]);
  kit.clock.advanceTo(millis(kit.clock.now() + 1_000));
  assert.deepEqual(lasted(), [1_000, true]);
  kit.core.time.atLeast(millis(kit.core.time.now() + HOUR));
  assert.equal(desk.status().time.ahead, HOUR);
  assert.deepEqual(lasted(), [1_000, true]);
});

test("slots that pass without the key date the state from the first of them on", async () => {
  const kit = await coreForTests(["Alice"]);
  const {desk, journal} = deskForTests(kit);
  await makeNext(kit, journal);
  assert.equal(desk.status().verdict.code, "producing");
  const now = kit.clock.now();
  // Another authority, whose key is not here.
  desk.watch(desk.set().members!.find(({isOurs}) => !isOurs)!.account);
  const first = desk.status();
  assert.equal(first.verdict.code, "keys-missing");
  // Of this account nothing was seen before: it may have been so for long.
  assert.deepEqual(first.since, {at: first.time.at, isAtLeast: true});
  for (const later of [4, 8]) {
    const at = millis(now + later * SLOT);
    const outcome = "keys-missing";
    journal.note({slot: at / SLOT, at, outcome, block: undefined, detail: undefined});
  }
  assert.deepEqual(desk.status().since, {at: now + 4 * SLOT, isAtLeast: false});
});

test("slots are missed since the first of them was, also when that is none of the last any more; a kick dates what follows it", async () => {
  const kit = await coreForTests(["Alice"]);
  const {desk} = deskForTests(kit);
  const since = new VerdictSince(kit.core, {runOf: () => undefined});
  const {verdict: _, since: __, ...situation} = desk.status();
  const missed = (at: number): SlotRecord => ({
    slot: at / SLOT,
    at: millis(at),
    outcome: "out-of-time",
    block: undefined,
    detail: undefined,
  });
  const of = (code: VerdictCode, recent: readonly SlotRecord[], kicked?: Kick) =>
    since.of(code, situation, {recent, kicked}).at;
  const [first, later] = [missed(40 * SLOT), missed(48 * SLOT)];
  assert.equal(of("missing-slots", [later, first]), first.at);
  assert.equal(of("missing-slots", [later]), first.at);
  const kick = {
    account: situation.account!,
    block: 9,
    at: millis(50 * SLOT),
    bond: undefined,
    silentFor: undefined,
    threshold: undefined,
  };
  assert.equal(of("kicked", [], kick), kick.at);
  assert.equal(of("not-registered", []), kick.at);
  assert.equal(of("not-registered", []), kick.at);
  assert.equal(of("producing", []), situation.time.at);
});
