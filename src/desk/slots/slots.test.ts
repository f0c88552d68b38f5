import assert from "node:assert/strict";
import {appendFileSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {bytesToBinary, millis, slot as slotNumber, VirtualClock} from "#base";
import {preDigest} from "#consensus";
import type {Header} from "#primitives";
import type {SlotRecord} from "../vocabulary.ts";
import {memorySlotKeeper, openSlotFiles, SlotJournal, SlotJudge} from "./index.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-03-10T12:00:00Z");
const SLOT = 1_000;

const record = (slot: number, outcome: SlotRecord["outcome"] = "final"): SlotRecord => ({
  slot,
  at: millis(slot * SLOT),
  outcome,
  block: outcome === "final" ? {number: 7, hash: new Uint8Array(32).fill(1)} : undefined,
  detail: undefined,
});

test("records outlive the process, the last of a slot counts, and a line cut short spoils none but itself", t => {
  const folder = mkdtempSync(join(tmpdir(), "khala-slots-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  const clock = new VirtualClock(millis(NOW));
  const first = NOW / SLOT;
  const journal = new SlotJournal(openSlotFiles(folder), clock, assert.ifError);
  journal.note(record(first, "produced"));
  journal.note(record(first + 1, "no-peers"));
  journal.note(record(first, "final"));
  const [file] = readdirSync(folder);
  appendFileSync(join(folder, file!), '\nnull\n{"slot":17731440');
  const again = new SlotJournal(openSlotFiles(folder), clock, assert.ifError);
  again.note(record(first + 2, "lost"));
  const third = new SlotJournal(openSlotFiles(folder), clock, assert.ifError);
  assert.deepEqual(
    third.newest(10).map(({slot, outcome}) => [slot - first, outcome]),
    [
      [2, "lost"],
      [1, "no-peers"],
      [0, "final"],
    ],
  );
  assert.deepEqual(third.get(first)!.block, record(first).block);
  assert.equal(third.newest(10, millis(first * SLOT + 1)).length, 1);
});

test("what is older than thirty days is forgotten, a file at a time", t => {
  const folder = mkdtempSync(join(tmpdir(), "khala-slots-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  const clock = new VirtualClock(millis(NOW));
  const journal = new SlotJournal(openSlotFiles(folder), clock, assert.ifError);
  for (let day = 0; day <= 40; day += 5) {
    clock.advanceTo(millis(NOW + day * DAY));
    journal.note(record((NOW + day * DAY) / SLOT));
  }
  assert.equal(readdirSync(folder).length, 7);
  assert.equal(new SlotJournal(openSlotFiles(folder), clock, assert.ifError).newest(100).length, 7);
});

test("slots are told in their own order, whenever they were noted", () => {
  const journal = new SlotJournal(memorySlotKeeper(), new VirtualClock(millis(0)), assert.ifError);
  for (const slot of [9, 5, 7, 6]) journal.note(record(slot, "node-down"));
  assert.deepEqual(
    journal.newest(3).map(({slot}) => slot),
    [9, 7, 6],
  );
  assert.deepEqual(
    journal.newest(9, record(7).at).map(({slot}) => slot),
    [6, 5],
  );
});

test("a disk that is full costs the record and not the slot, and is reported once", () => {
  const told: unknown[] = [];
  let isFull = true;
  const keeper = {
    ...memorySlotKeeper(),
    add() {
      if (isFull) throw new Error("ENOSPC");
    },
  };
  const journal = new SlotJournal(keeper, new VirtualClock(millis(0)), error => told.push(error));
  journal.note(record(1));
  journal.note(record(2));
  assert.equal(told.length, 1);
  isFull = false;
  journal.note(record(3));
  isFull = true;
  journal.note(record(4));
  assert.equal(told.length, 2);
  assert.equal(journal.newest(9).length, 4);
});

const [OURS, OTHER] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];

/** A chain whose blocks sit at these slots, judged one after the other; even slots are ours. */
function judged(
  slots: readonly number[],
  setUp: (journal: SlotJournal) => void,
  held: boolean | (() => boolean) = true,
  durationOf: (block: Pick<Header, "number">) => number = () => SLOT,
  comes: "finalized" | "passed" = "finalized",
  {
    keepsSlots = true,
    isLeapt = () => false,
  }: {keepsSlots?: boolean; isLeapt?: (moment: number) => boolean} = {},
) {
  const journal = new SlotJournal(
    memorySlotKeeper(),
    new VirtualClock(millis(10 * SLOT)),
    assert.ifError,
  );
  const headers = new Map<string, Header>();
  const hashOf = (index: number) => new Uint8Array(32).fill(100 + index);
  for (const [index, slot] of slots.entries()) {
    headers.set(bytesToBinary(hashOf(index)), {
      parentHash: hashOf(index - 1),
      number: index,
      stateRoot: new Uint8Array(32),
      extrinsicsRoot: new Uint8Array(32),
      digest: [preDigest(slotNumber(slot))],
    });
  }
  setUp(journal);
  const judge = new SlotJudge({
    journal,
    header: hash => headers.get(bytesToBinary(hash)),
    authorities: () => [OURS, OTHER],
    slots: {durationOf: header => durationOf(header as Header)},
    isOurs: key => key === OURS,
    isHeld: typeof held === "boolean" ? () => held : held,
    keepsSlots,
    since: millis(10 * SLOT),
    isLeapt,
  });
  for (let index = 1; index < slots.length; index++) {
    judge[comes]({hash: hashOf(index), number: index});
  }
  return Object.fromEntries(
    journal
      .newest(100)
      .map(({slot, outcome}) => [slot, outcome])
      .reverse(),
  );
}

test("where blocks are made on demand, no slot is missed in which nobody asked for one", () => {
  const keys = () => {};
  assert.deepEqual(
    judged([11, 12, 18, 19], keys, true, undefined, "finalized", {keepsSlots: false}),
    {
      12: "final",
      18: "final",
    },
  );
});

test("slots that the chain's time was pushed past are nobody's, unless something was noted of them", () => {
  const isLeapt = (moment: number) => moment > 13 * SLOT && moment < 18 * SLOT;
  const noted = (journal: SlotJournal) =>
    journal.note({
      slot: slotNumber(16),
      at: millis(16 * SLOT),
      outcome: "produced",
      block: undefined,
      detail: undefined,
    });
  assert.deepEqual(judged([11, 19], noted, true, undefined, "finalized", {isLeapt}), {
    12: "out-of-time",
    16: "lost",
    18: "out-of-time",
  });
  // A block there is one all the same.
  assert.deepEqual(
    judged([11, 16], () => undefined, true, undefined, "finalized", {isLeapt}),
    {
      12: "out-of-time",
      16: "final",
    },
  );
});

test("a block costs one look for each key, however many slots passed before it", () => {
  let looks = 0;
  const held = () => ++looks > 0;
  judged([11, 900, 1_800], () => {}, held);
  assert.equal(looks, 2);
});

test("what was noted of a block made on demand has its last word all the same", () => {
  const noted = (journal: SlotJournal) => journal.note(record(14, "produced"));
  assert.deepEqual(judged([11, 18], noted, true, undefined, "finalized", {keepsSlots: false}), {
    14: "lost",
    18: "final",
  });
});

test("the final chain says what became of each slot of ours", () => {
  const noted = (journal: SlotJournal) => {
    journal.note(record(12, "produced"));
    journal.note(record(14, "produced"));
    journal.note(record(16, "syncing"));
  };
  assert.deepEqual(judged([1, 5, 12, 15, 17, 19], noted), {
    // Before this process began.
    2: "node-down",
    4: "node-down",
    6: "node-down",
    8: "node-down",
    10: "out-of-time",
    12: "final",
    14: "lost",
    16: "syncing",
    18: "out-of-time",
  });
});

test("slots of a key that is expected and not held are told apart", () => {
  assert.deepEqual(
    judged([11, 13], () => undefined, false),
    {12: "keys-missing"},
  );
});

test("what others did, or nobody could, is said as soon as a block follows, and nothing that may yet be noted", () => {
  const now = (noted: (journal: SlotJournal) => void, held: boolean) =>
    judged([5, 13, 16, 19], noted, held, () => SLOT, "passed");
  assert.deepEqual(
    now(() => undefined, false),
    {
      6: "keys-missing",
      8: "keys-missing",
      10: "keys-missing",
      12: "keys-missing",
      14: "keys-missing",
      18: "keys-missing",
    },
  );
  // With the key held: what was before this process, and no more. What was noted stands, and blocks wait for finality.
  const noted = (journal: SlotJournal) => journal.note(record(6, "no-peers"));
  assert.deepEqual(now(noted, true), {6: "no-peers", 8: "node-down"});
});

test("after a long standstill of the whole chain its slots are nobody's fault", () => {
  assert.deepEqual(
    judged([11, 30_012], () => undefined),
    {30012: "final"},
  );
  assert.equal(Object.keys(judged([11, 111], () => undefined)).length, 50);
});

test("where an upgrade made slots shorter, those between are counted by the new length, and told in time of theirs", () => {
  const kept: SlotRecord[] = [];
  // Block 1 is of slot 11, of before: of what follows it, twice as many slots of half the length, 22 began with it.
  judged(
    [10, 11, 26],
    journal => journal.onNote(record => kept.push(record)),
    true,
    ({number}) => (number < 2 ? SLOT : SLOT / 2),
  );
  assert.deepEqual(
    kept.map(({slot, at, outcome}) => [slot, at, outcome]),
    [
      [24, 24 * (SLOT / 2), "out-of-time"],
      [26, 26 * (SLOT / 2), "final"],
    ],
  );
});

test("a run of one outcome is told since its first slot, and as longer where nothing came before it", () => {
  const clock = new VirtualClock(millis(NOW));
  const journal = new SlotJournal(memorySlotKeeper(), clock, assert.ifError);
  assert.equal(journal.runOf("keys-missing"), undefined);
  assert.equal(journal.oldest, undefined);
  journal.note(record(5, "keys-missing"));
  journal.note(record(8, "keys-missing"));
  assert.deepEqual(journal.runOf("keys-missing"), {at: 5 * SLOT, isAtLeast: true});
  journal.note(record(2, "final"));
  assert.deepEqual(journal.runOf("keys-missing"), {at: 5 * SLOT, isAtLeast: false});
  assert.equal(journal.oldest, 2 * SLOT);
  journal.note(record(9, "final"));
  assert.equal(journal.runOf("keys-missing"), undefined);
  assert.deepEqual(
    journal.since(5 * SLOT).map(({slot}) => slot),
    [9, 8, 5],
  );
});
