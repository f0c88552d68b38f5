import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import type {MemberFacts, SessionFacts} from "./facts/index.ts";
import {keyStatus} from "./key-status.ts";
import {type KickRules, kickForecast} from "./kick-forecast.ts";
import {authorsFrom, isOutbid} from "./members.ts";
import {shareOf} from "./production.ts";

const KNOWN: KickRules = {
  threshold: 40,
  minEligible: 1,
  best: 100,
  period: 40,
  nextRotation: 120,
  authors: 4,
};
const account = new Uint8Array(32);
const CANDIDATE: MemberFacts = {
  account,
  kind: "Candidate",
  deposit: 1n,
  lastAuthored: 90,
  fate: undefined,
  isActive: false,
  isQueued: false,
  auraKey: undefined,
  queuedKeys: undefined,
  nextKeys: undefined,
};
const SESSION: SessionFacts = {
  index: 3,
  validators: [],
  queued: [],
  period: undefined,
  nextRotation: undefined,
};

test("a kick that is not known is no kick, and how long somebody is silent is told all the same", () => {
  const forecast = kickForecast(CANDIDATE, {...KNOWN, threshold: undefined});
  assert.deepEqual(
    [forecast.fate, forecast.silentFor, forecast.blocksLeft, forecast.isPressing],
    [undefined, 10, undefined, false],
  );
  assert.equal(
    forecast.sentence,
    "Silent for 10 blocks; unknown whether and when that leads to a kick.",
  );
  // All is known but how many have to stay.
  const perhaps = kickForecast(CANDIDATE, {...KNOWN, minEligible: undefined});
  assert.equal(
    perhaps.sentence,
    "Silent for 10 blocks; unknown whether and when that leads to a kick.",
  );
  const silent = kickForecast({...CANDIDATE, lastAuthored: undefined}, KNOWN);
  assert.equal(silent.sentence, "Unknown when it would be kicked.");
  const nobody = kickForecast({...CANDIDATE, kind: undefined}, KNOWN);
  assert.match(nobody.sentence, /^Unknown/);
  const later = kickForecast({...CANDIDATE, fate: "Stays"}, {...KNOWN, period: undefined});
  assert.deepEqual(
    [later.blocksLeft, later.sentence],
    [undefined, "Kept at the next session change, at block 120."],
  );
});

test("an account on its way in authors from a session that is known, at a block that is not", () => {
  const at = () => assert.fail("there is no block to date");
  assert.deepEqual(authorsFrom(CANDIDATE, true, {session: SESSION, at}), {
    session: 5,
    block: undefined,
    at: undefined,
  });
  const ends = {...SESSION, nextRotation: 40};
  const queued = {...CANDIDATE, isQueued: true};
  const dated = (block: number) => millis(block);
  assert.equal(authorsFrom(queued, true, {session: ends, at: dated})!.block, 40);
  assert.equal(authorsFrom(CANDIDATE, true, {session: ends, at})!.block, undefined);
  const unsure = {...CANDIDATE, isQueued: undefined};
  assert.equal(authorsFrom(unsure, true, {session: SESSION, at})!.session, undefined);
  assert.equal(authorsFrom(CANDIDATE, false, {session: SESSION, at}), undefined);
});

test("only where places go by deposit is a candidate outbid", () => {
  assert.equal(isOutbid({isByDeposit: true, desiredCandidates: 2}, 3), true);
  assert.equal(isOutbid({isByDeposit: true, desiredCandidates: 2}, 2), false);
  assert.equal(isOutbid({isByDeposit: true, desiredCandidates: undefined}, 9), false);
  assert.equal(isOutbid({isByDeposit: false, desiredCandidates: 2}, 3), false);
});

test("keys of which nobody knows the types neither match nor are missing", () => {
  const keys = {all: new Uint8Array(64), byType: undefined};
  const holder = {holds: () => undefined, holdsAura: () => false};
  const {verdict, next} = keyStatus(undefined, keys, holder);
  assert.deepEqual([verdict, next?.isHeld], ["unknown", undefined]);
});

test("of who authors with a key that nobody can tell from others' the keys neither match nor are missing", () => {
  const member = {isActive: true, auraKey: undefined, queuedKeys: undefined};
  const holder = {holds: () => true, holdsAura: () => true};
  for (const next of [undefined, {all: new Uint8Array(32), byType: []}]) {
    const {verdict, sentence} = keyStatus(member, next, holder);
    assert.equal(verdict, "unknown");
    assert.match(sentence, /^Which key is active in this session is unknown/);
  }
  assert.equal(
    keyStatus({...member, isActive: false}, undefined, holder).verdict,
    "not-registered",
  );
});

test("the share of who has turns is unknown where blocks or authors are, and nothing of who has none", () => {
  assert.equal(shareOf(undefined, 4, true).expected, undefined);
  assert.equal(shareOf(12, undefined, true).expected, undefined);
  assert.equal(shareOf(12, 4, true).expected, 3);
  assert.equal(shareOf(undefined, undefined, false).expected, 0);
});
