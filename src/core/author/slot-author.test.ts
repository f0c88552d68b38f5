import assert from "node:assert/strict";
import {test} from "node:test";
import {type Clock, err, type Millis, millis, ok, slot as slotNumber, VirtualClock} from "#base";
import {passTime} from "../test-kit/pass-time.ts";
import type {BlockMaker} from "./block-maker.ts";
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
      slotDuration: () => ok(slotDuration(rounds)),
      claimSlot(slot: number) {
        asked.push(slot);
        return err(claim(slot));
      },
    } as unknown as BlockMaker;
    author = new SlotAuthor({
      maker,
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
