import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import {kickForecast} from "./kick-forecast.ts";
import {expectedShare} from "./production.ts";
import {type VerdictFacts, verdictOf} from "./verdict.ts";
import type {CollatorStanding, SlotOutcome} from "./vocabulary.ts";

const RULES = {threshold: 40, minEligible: 1, best: 100, period: 40, nextRotation: 120, authors: 4};

const candidate = (lastAuthored: number, fate: "Stays" | "Kicked" | "Spared" = "Stays") =>
  kickForecast({kind: "Candidate", fate, lastAuthored}, RULES);

const standing: CollatorStanding = {
  kind: "Candidate",
  position: 1,
  deposit: 16n,
  candidacyBond: 16n,
  candidates: 1,
  desiredCandidates: 12,
  isActive: true,
  isQueued: true,
  lastAuthored: 98,
  kick: candidate(98),
};

const WELL: VerdictFacts = {
  isCollator: true,
  isStateOnly: false,
  complaint: undefined,
  recent: [],
  now: 0,
  account: new Uint8Array(32),
  keys: {
    now: undefined,
    queued: undefined,
    next: undefined,
    verdict: "match",
    sentence: "They match.",
  },
  stoppedKeys: [],
  standing,
  whyNoSet: undefined,
  isOutbid: false,
  kicked: undefined,
  authorities: {count: 4, held: 1},
  production: {turns: 5, made: 5, expected: 5, low: 3, high: 7},
  nextSlot: {slot: 8, at: millis(4_000)},
  authorsFrom: undefined,
  session: {
    index: 2,
    period: 40,
    blocksInto: 20,
    nextRotationBlock: 120,
    nextRotationAt: millis(0),
  },
  head: {
    best: 100,
    bestHash: new Uint8Array(32),
    finalized: 99,
    finalizedAt: undefined,
    age: 0,
    slotDuration: 500,
    peers: 3,
    isSyncing: false,
    stall: undefined,
    missingVoters: [],
  },
  time: {at: millis(0), ahead: 0, rate: 1},
  clock: {offset: 3, source: "peers", isPaused: false, bound: 1_000},
  balance: undefined,
};

const kick = (silentFor?: number, threshold?: number) => ({
  account: new Uint8Array(32),
  block: 90,
  at: undefined,
  bond: undefined,
  silentFor,
  threshold,
});

const held = (isHeld: boolean) => ({keys: new Uint8Array(32), byType: undefined, isHeld});

const missed = (outcome: SlotOutcome) => ({
  slot: 1,
  at: millis(0),
  outcome,
  block: undefined,
  detail: undefined,
});

const CASES: readonly (readonly [code: string, sentence: RegExp, facts: Partial<VerdictFacts>])[] =
  [
    ["producing", /^Producing normally: 5 of 5 slots this session; next slot in 4 s\.$/, {}],
    ["state-only", /neither make blocks nor take/, {isCollator: false, isStateOnly: true}],
    ["not-a-collator", /makes no blocks/, {isCollator: false}],
    ["no-account", /No key in this node's keystore/, {account: undefined}],
    [
      "out-of-sync",
      /catching up with the chain, at block 100/,
      {head: {...WELL.head, isSyncing: true}},
    ],
    [
      "clock-off",
      /clock is 5 s off, more than the 1 s/,
      {clock: {offset: -5_000, source: "ntp", isPaused: true, bound: 1_000}},
    ],
    [
      "keys-missing",
      /^Not producing: they do not/,
      {keys: {...WELL.keys!, verdict: "mismatch", sentence: "They do not."}},
    ],
    ["finality-stalled", /^Finality stands still: why\.$/, {head: {...WELL.head, stall: "why"}}],
    ["no-peers", /no peers/, {complaint: {code: "no-peers", text: "no peers"}}],
    [
      "kicked-soon",
      /^Kicked in 20 blocks unless this node authors before: silent for 90 of 40 blocks\.$/,
      {standing: {...standing, kick: candidate(10, "Kicked")}},
    ],
    [
      "queued",
      /^Queued: authoring from session 4, at block 160, in about 30 s\.$/,
      {
        standing: {...standing, isActive: false},
        authorsFrom: {session: 4, block: 160, at: millis(30_000)},
      },
    ],
    [
      "queued",
      /^Queued: authoring from session 4; at which block is unknown\.$/,
      {
        standing: {...standing, isActive: false},
        authorsFrom: {session: 4, block: undefined, at: undefined},
      },
    ],
    [
      "queued",
      /^Queued: authoring from a later session; at which block is unknown\.$/,
      {
        standing: {...standing, isActive: false},
        authorsFrom: {session: undefined, block: undefined, at: undefined},
      },
    ],
    [
      "outbid",
      /^Not in the set: candidate 7 by deposit, of 5 places\.$/,
      {
        standing: {...standing, isActive: false, position: 7, desiredCandidates: 5},
        isOutbid: true,
      },
    ],
    [
      "set-unpublished",
      /^The runtime gives no metadata: it is old; who authors is unknown, too\.$/,
      {
        account: undefined,
        standing: undefined,
        keys: undefined,
        authorities: undefined,
        whyNoSet: "the runtime gives no metadata: it is old",
      },
    ],
    [
      "set-unpublished",
      /^Producing normally with 2 keys of the 4 that author; next slot in 4 s\. There is none\.$/,
      {
        account: undefined,
        standing: undefined,
        keys: undefined,
        authorities: {count: 4, held: 2},
        whyNoSet: "there is none",
      },
    ],
    [
      "set-unpublished",
      /^Not authoring: this account is not in the set, and the chain does not publish how/,
      {standing: {...standing, kind: undefined, isActive: false}},
    ],
    [
      "producing",
      /^Producing normally: slots of this session unknown; next slot in 4 s\.$/,
      {production: {...WELL.production, turns: undefined, made: undefined}},
    ],
    ["not-registered", /Not a candidate/, {standing: {...standing, kind: "None", isActive: false}}],
    ["leaving", /^Leaving/, {standing: {...standing, kind: "Leaving"}}],
    [
      "missing-slots",
      /^3 of the last 3 own slots missed: 2 out of time, 1 while the node was down\.$/,
      {recent: [missed("out-of-time"), missed("node-down"), missed("out-of-time")]},
    ],
  ];

for (const [code, sentence, facts] of CASES) {
  test(`the verdict ${code} has its sentence: ${sentence.source}`, () => {
    const verdict = verdictOf({...WELL, ...facts});
    assert.equal(verdict.code, code);
    assert.match(verdict.sentence, sentence);
    assert.equal(verdict.level === "bad", verdict.todo !== undefined);
  });
}

test("a forecast names the session change at which silence would end in a kick", () => {
  assert.equal(candidate(98).blocksLeft, 160 - 100);
  assert.equal(candidate(80).blocksLeft, 20);
  assert.match(candidate(80).sentence, /kicked at block 120, in 20 blocks/);
  // New, and not in the set yet: the clock of its silence begins later.
  assert.deepEqual([candidate(140).silentFor, candidate(140).blocksLeft], [0, 100]);
  assert.match(candidate(10, "Spared").sentence, /fewer than 1 collators would be left/);
  const safe = kickForecast({kind: "Invulnerable", fate: "Safe", lastAuthored: 0}, RULES);
  assert.deepEqual([safe.blocksLeft, safe.silentFor], [undefined, undefined]);
});

test("a share has a band of luck that closes in where there is no luck", () => {
  assert.deepEqual(expectedShare(40, 1), {expected: 40, low: 40, high: 40});
  const {expected, low, high} = expectedShare(400, 4);
  assert.equal(expected, 100);
  assert.ok(low > 80 && low < 85 && high > 115 && high < 120);
  assert.deepEqual(expectedShare(0, 4), {expected: 0, low: 0, high: 0});
});

test("who has authored nothing at the beginning of a session is not near a kick, half a threshold later is", () => {
  const rules = {threshold: 40, minEligible: 1, period: 40, nextRotation: 80, authors: 4};
  const silent = {kind: "Candidate", fate: "Kicked", lastAuthored: 39} as const;
  const early = kickForecast(silent, {...rules, best: 42});
  assert.equal(early.isPressing, false);
  assert.equal(
    early.sentence,
    "Kept as long as it authors before block 80: silent for 3 of 40 blocks, 38 left.",
  );
  const late = kickForecast(silent, {...rules, best: 59});
  assert.equal(late.isPressing, true);
  assert.match(late.sentence, /^Kicked at block 80 unless it authors before: silent for 20 of 40/);
  const stays = kickForecast({...silent, fate: "Stays"}, {...rules, best: 79});
  assert.equal(stays.isPressing, false);
});

test("a collator that makes each block of its turn is never near a kick, however many take turns", () => {
  for (const authors of [1, 2, 3, 7, 16, 30, 39]) {
    for (let best = 41; best < 400; best++) {
      const nextRotation = best - (best % 40) + 40;
      // It made the last block of its turn, and until its next turn comes nobody else's is late.
      const lastAuthored = best - (best % authors);
      const isSilent = nextRotation - lastAuthored >= 40;
      const kick = kickForecast(
        {kind: "Candidate", fate: isSilent ? "Kicked" : "Stays", lastAuthored},
        {threshold: 40, minEligible: 1, period: 40, nextRotation, best, authors},
      );
      assert.equal(kick.isPressing, false, `${authors} authors, block ${best}`);
    }
  }
  // With more authors than blocks in the threshold some are kicked by chance: those are told in the last block.
  const crowded = {threshold: 40, minEligible: 1, period: 40, nextRotation: 80, authors: 60};
  const silent = {kind: "Candidate", fate: "Kicked", lastAuthored: 39} as const;
  assert.equal(kickForecast(silent, {...crowded, best: 77}).isPressing, false);
  assert.equal(kickForecast(silent, {...crowded, best: 78}).isPressing, true);
});

test("the sessions before an account's first are no missed slots", () => {
  const facts = {...WELL, recent: [missed("not-in-set-yet")]};
  assert.equal(verdictOf(facts).code, "producing");
});

test("whoever has left is not told to put back keys that nobody waits for", () => {
  const foreign = (now?: boolean): VerdictFacts["keys"] => ({
    ...WELL.keys!,
    now: now === undefined ? undefined : {keys: new Uint8Array(32), byType: undefined, isHeld: now},
    next: {keys: new Uint8Array(64), byType: undefined, isHeld: false},
    verdict: "mismatch",
    sentence: "They do not.",
  });
  const codeOf = (kind: CollatorStanding["kind"], keys: VerdictFacts["keys"]) =>
    verdictOf({...WELL, keys, standing: {...standing, kind, isActive: keys?.now !== undefined}})
      .code;
  assert.equal(codeOf("None", foreign()), "not-registered");
  // Its last session: what is registered for later is of no account, the active key is.
  assert.equal(codeOf("Leaving", foreign(true)), "leaving");
  assert.equal(codeOf("Leaving", foreign(false)), "keys-missing");
  assert.equal(codeOf("Candidate", foreign()), "keys-missing");
  assert.equal(codeOf("Candidate", {...WELL.keys!, verdict: "not-registered"}), "keys-missing");
});

test("who was kicked reads when and why, and that the bond is back, until he stands again", () => {
  const kicked = kick(45, 40);
  const nobody = {...standing, kind: "None" as const, isActive: false};
  const gone = verdictOf({...WELL, kicked, standing: nobody});
  assert.deepEqual(
    [gone.code, gone.level, gone.sentence],
    [
      "kicked",
      "bad",
      "Kicked at block 90: silent for 45 blocks, and 40 lead to that. The bond was given back.",
    ],
  );
  assert.match(gone.todo!, /khala collator join/);
  const last = verdictOf({...WELL, kicked, standing: {...nobody, kind: "Leaving", isActive: true}});
  assert.match(last.sentence, /given back\. It authors until the last session ends\.$/);
  const without = {...WELL.keys!, now: {...held(false)}};
  const pass = verdictOf({
    ...WELL,
    kicked,
    keys: without,
    standing: {...nobody, kind: "Leaving", isActive: true},
  });
  assert.match(
    pass.sentence,
    /Its turns go on until the last session ends, and pass without the key\.$/,
  );
  const unknown = kick();
  assert.equal(
    verdictOf({...WELL, kicked: unknown, standing: nobody}).sentence,
    "Kicked at block 90. The bond was given back.",
  );
  assert.equal(verdictOf({...WELL, kicked}).code, "producing");
});

test("a kick that is near is what is lost next: it comes before its reason, and the reason is what to mend", () => {
  const near = {...standing, kick: candidate(70, "Kicked")};
  const missing = {
    ...WELL.keys!,
    verdict: "mismatch" as const,
    sentence: "None of the keys is held.",
  };
  const both = verdictOf({...WELL, standing: near, keys: missing});
  assert.equal(both.code, "kicked-soon");
  assert.equal(
    both.sentence,
    "Kicked in 20 blocks unless this node authors before: silent for 30 of 40 blocks. Not producing: none of the keys is held.",
  );
  assert.match(both.todo!, /put the keys back/);
});

test("keys that only later sessions lack are no reason that nothing is produced now", () => {
  const keys = {
    ...WELL.keys!,
    now: held(true),
    next: held(false),
    verdict: "mismatch" as const,
    sentence: "The keys active two sessions from now are not in this node's keystore.",
  };
  const soon = verdictOf({...WELL, keys});
  assert.equal(soon.code, "keys-missing");
  assert.match(soon.sentence, /^About to stop producing: the keys active two sessions from now/);
  const now = verdictOf({...WELL, keys: {...keys, now: held(false)}});
  assert.match(now.sentence, /^Not producing: /);
  const waiting = verdictOf({...WELL, keys, standing: {...standing, isActive: false}});
  assert.match(waiting.sentence, /^Not producing: /);
});

test("voters that are not heard of are counted in the sentence, and named beside it", () => {
  const voter = {key: new Uint8Array(32), account: undefined};
  const sentence = (voters: number) =>
    verdictOf({
      ...WELL,
      head: {
        ...WELL.head,
        stall: "26 blocks are not final",
        missingVoters: Array(voters).fill(voter),
      },
    }).sentence;
  assert.equal(sentence(0), "Finality stands still: 26 blocks are not final.");
  assert.equal(
    sentence(1),
    "Finality stands still: 26 blocks are not final; 1 voter is not heard of.",
  );
  assert.equal(
    sentence(2),
    "Finality stands still: 26 blocks are not final; 2 voters are not heard of.",
  );
});
