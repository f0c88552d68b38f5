import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import {type SinceFacts, toldSince, Watched} from "./since.ts";
import type {VerdictCode} from "./vocabulary.ts";

const FACTS: SinceFacts = {
  finalizedAt: millis(1_000),
  kickedAt: millis(2_000),
  lastAuthoredAt: millis(3_000),
  stoppedAt: millis(4_000),
  keysMissing: {at: millis(5_000), isAtLeast: true},
  missed: [{at: millis(9_000)}, {at: millis(6_000)}],
};

const CASES: readonly (readonly [VerdictCode, number | undefined, boolean?])[] = [
  ["finality-stalled", 1_000],
  ["kicked", 2_000],
  ["kicked-soon", 3_000],
  ["key-stopped", 4_000],
  ["keys-missing", 5_000, true],
  ["missing-slots", 6_000],
  ["no-peers", undefined],
  ["producing", undefined],
];

for (const [code, at, isAtLeast = false] of CASES) {
  test(`since when a verdict holds is told by the chain or the journal where they know: ${code}`, () => {
    assert.deepEqual(toldSince(code, FACTS), at === undefined ? undefined : {at, isAtLeast});
  });
}

test("what chain and journal do not tell is not made up", () => {
  const nothing: SinceFacts = {
    finalizedAt: undefined,
    kickedAt: undefined,
    lastAuthoredAt: undefined,
    stoppedAt: undefined,
    keysMissing: undefined,
    missed: [],
  };
  for (const [code] of CASES) assert.equal(toldSince(code, nothing), undefined, code);
});

test("a state that was there at the first look lasts longer than was seen; one that came later began then", () => {
  const watched = new Watched<string>();
  assert.deepEqual(watched.see("no-peers", millis(10)), {at: 10, isAtLeast: true});
  assert.deepEqual(watched.see("no-peers", millis(20)), {at: 10, isAtLeast: true});
  assert.deepEqual(watched.see("producing", millis(30)), {at: 30, isAtLeast: false});
  assert.deepEqual(watched.see("no-peers", millis(40)), {at: 40, isAtLeast: false});
  assert.deepEqual(watched.see("no-peers", millis(50)), {at: 40, isAtLeast: false});
});
