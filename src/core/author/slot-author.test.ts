import assert from "node:assert/strict";
import {test} from "node:test";
import {type Clock, err, type Millis, millis, ok, slot as slotNumber, VirtualClock} from "#base";
import type {BlocksUnderWay} from "../chain/blocks-under-way.ts";
import {passTime} from "../test-kit/pass-time.ts";
import type {BlockMaker} from "./block-maker.ts";
import {BuildingTime} from "./building-time.ts";
import type {AuthoringFailure} from "./failures.ts";
import {SlotAuthor} from "./slot-author.ts";

/**
 * Runs an author over three slots of one second, after whose first the machine sleeps for some, or with `onPurpose` the
 * clock is moved.
 */
async function runOver(
  sleep: number,
  {
    onPurpose = false,
    slotDuration = (_round: number): number => 1_000,
    claim = (_slot: number): AuthoringFailure => ({code: "not-our-slot"}),
  } = {},
) {
  let moves = 0;
  let now = 1_000_000;
  let isAsleep = false;
  let rounds = 0;
  const asked: number[] = [];
  const words: string[] = [];
  let author!: SlotAuthor;
  const over = new Promise<void>(resolve => {
    const clock = {
      now: () => millis(now),
      async until(time: Millis, signal?: AbortSignal) {
        signal?.throwIfAborted();
        now = Math.max(now, time);
        if (++rounds === 2 && !isAsleep) {
          isAsleep = true;
          now += sleep;
          if (onPurpose) moves++;
        }
        if (rounds < 4) return;
        resolve();
        await new Promise((_, reject) =>
          signal!.addEventListener("abort", () => reject(signal!.reason)),
        );
      },
    } as unknown as Clock;
    const maker = {
      inTurn: <T>(work: () => Promise<T>) => work(),
      slotDuration: () => ok(slotDuration(rounds)),
      claimSlot(slot: number) {
        asked.push(slot);
        return err(claim(slot));
      },
    } as unknown as BlockMaker;
    author = new SlotAuthor({
      maker,
      buildingTime: new BuildingTime({isJudged: false}),
      clock,
      steady: clock,
      moves: () => moves,
      logger: {log: (_, __, message) => words.push(message)},
      onMade: () => assert.fail("nothing is ours"),
      onFatal: error => assert.fail(String(error)),
    });
    author.start();
  });
  await over;
  await author.stop();
  return {asked, words};
}

test("slots that went by are looked at for ours", async () => {
  const {asked, words} = await runOver(5_000);
  assert.deepEqual(asked.slice(0, 7), [1_000, 1_001, 1_002, 1_003, 1_004, 1_005, 1_006]);
  assert.deepEqual(words, []);
});

test("a clock that jumps by fifty years costs no more than a nap, and is reported once", async () => {
  const {asked, words} = await runOver(50 * 365 * 86_400_000);
  assert.ok(asked.length < 80, String(asked.length));
  assert.deepEqual(words, ["this process was busy or asleep during many slots"]);
});

test("slots that somebody moved the clock over were nobody's: it goes on with the next whole one", async () => {
  const {asked, words} = await runOver(5_500, {onPurpose: true});
  assert.deepEqual(asked.slice(0, 3), [1_000, 1_001, 1_008]);
  assert.deepEqual(words, []);
});

test("a clock that is set back costs no slot that is still to come: it goes on with the next one by the new time", async () => {
  const {asked} = await runOver(-600_000);
  assert.deepEqual(asked.slice(0, 3), [1_000, 1_001, 403]);
});

test("when the runtime changes the length of its slots they count anew from there", async () => {
  const {asked} = await runOver(0, {slotDuration: round => (round < 2 ? 1_000 : 500)});
  assert.deepEqual(asked, [1_000, 1_001, 2_005]);
});

test("a change of their length is noticed in the middle of a long one", async () => {
  const {asked} = await runOver(0, {slotDuration: round => (round < 1 ? 6_000 : 500)});
  assert.deepEqual(asked.slice(0, 2), [166, 2_003]);
});

test("longer slots, whose numbers start below the last block's, are told from a clock that is behind", async () => {
  const lost = (parentBegan: number) => () =>
    ({code: "slot-lost", parentSlot: slotNumber(2_000), parentBegan: millis(parentBegan)}) as const;
  const longer = await runOver(0, {claim: lost(999_500)});
  assert.match(longer.words.join(), /the runtime made slots longer/);
  const behind = await runOver(0, {claim: lost(2_000_000)});
  assert.match(behind.words.join(), /is this machine's clock right/);
  const inTime = await runOver(0, {
    claim: () => ({
      code: "slot-lost",
      parentSlot: slotNumber(1_000),
      parentBegan: millis(1_000_000),
    }),
  });
  assert.deepEqual(inTime.words, []);
});

test("where blocks are judged, the judge has the third of the slot that transactions would be begun in", async () => {
  const lateTransactions = async (isJudged: boolean) => {
    const clock = new VirtualClock(millis(1_000_000));
    let hasTime: (() => boolean) | undefined;
    const maker = {
      inTurn: <T>(work: () => Promise<T>) => work(),
      isJudged,
      slotDuration: () => ok(1_000),
      claimSlot: (slot: number) => ok({slot}),
      async make(_: unknown, options: {readonly hasTime: () => boolean}) {
        hasTime ??= options.hasTime;
        return err({code: "not-our-slot"});
      },
    } as unknown as BlockMaker;
    const author = new SlotAuthor({
      maker,
      buildingTime: new BuildingTime({isJudged}),
      clock,
      steady: clock,
      logger: {log() {}},
      onMade: () => assert.fail("none is made"),
      onFatal: error => assert.fail(String(error)),
    });
    author.start();
    await passTime(clock, () => hasTime !== undefined);
    const began = clock.now();
    const answers = [300, 400, 700].map(passed => {
      clock.advanceTo(millis(began + passed));
      return hasTime!();
    });
    await author.stop();
    return answers;
  };
  assert.deepEqual(await lateTransactions(false), [true, true, false]);
  assert.deepEqual(await lateTransactions(true), [true, false, false]);
});

/** An author of whose slot 1,000 somebody else's block of the slot before is still to come. */
function awaiting(isGone: (visit: number) => boolean = () => false) {
  const clock = new VirtualClock(millis(999_990));
  const begun: number[] = [];
  const given: number[] = [];
  let isAwaited = true;
  let wake: () => void = () => {};
  const maker = {
    inTurn: <T>(work: () => Promise<T>) => work(),
    isJudged: false,
    slotDuration: () => ok(1_000),
    claimSlot: (slot: number) =>
      slot === 1_000 ? ok({slot, authorities: 4}) : err({code: "not-our-slot"}),
    async make() {
      begun.push(clock.now() - 1_000_000);
      const failure = {code: "proposal-failed", reason: "of the test"} as const;
      return err(isGone(begun.length) ? {...failure, isParentGone: true} : failure);
    },
  } as unknown as BlockMaker;
  const underWay = {
    isAwaited: (slot: number) => slot === 1_000 && isAwaited,
    changed: () =>
      new Promise<void>(resolve => {
        wake = resolve;
      }),
    giveUp: (slot: number) => given.push(slot),
  } as unknown as BlocksUnderWay;
  const missed: string[] = [];
  const author = new SlotAuthor({
    maker,
    underWay,
    buildingTime: new BuildingTime({isJudged: false}),
    clock,
    steady: clock,
    logger: {log() {}},
    onMissed: (slot, why) => missed.push(`${slot} ${why.code}`),
    onMade: () => assert.fail("none is made"),
    onFatal: error => assert.fail(String(error)),
  });
  author.start();
  const comes = () => {
    isAwaited = false;
    wake();
  };
  return {author, clock, begun, given, missed, comes};
}

test("a block of an earlier slot that was announced is waited for, and built on as soon as it comes", async () => {
  const {author, clock, begun, given, comes} = awaiting();
  await passTime(clock, () => clock.now() >= 1_000_000);
  clock.advanceTo(millis(1_000_200));
  comes();
  // All that follows from it, before the clock goes on.
  await new Promise(resolve => setImmediate(resolve));
  await passTime(clock, () => begun.length > 0);
  await author.stop();
  assert.deepEqual(begun, [200]);
  assert.deepEqual(given, []);
});

test("one that does not come is waited for until half of the slot is over, and then no more", async () => {
  const {author, clock, begun, given} = awaiting();
  await passTime(clock, () => begun.length > 0);
  await author.stop();
  assert.deepEqual(begun, [500]);
  assert.deepEqual(given, [1_000]);
});

test("a slot whose block was built on one that turned out bad is used for another block, once", async () => {
  const {author, clock, begun, missed, comes} = awaiting(visit => visit === 1);
  await passTime(clock, () => clock.now() >= 1_000_000);
  comes();
  await passTime(clock, () => missed.length > 0);
  await author.stop();
  assert.equal(begun.length, 2);
  assert.deepEqual(missed, ["1000 proposal-failed"]);
});
