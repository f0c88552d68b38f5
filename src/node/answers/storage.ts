import {type Clock, millis} from "#base";
import type {PruningStatus, StorageQuestions, StorageStatus} from "#rpc";
import type {CompositionCount} from "#store";
import type {ScrubFindings} from "../scrub-database.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Growth over less than this says nothing of a day. */
const LEAST_SPAN = 10 * MINUTE;
/** A count is good for so long: it reads all of the database. */
const COUNT_GOOD_FOR = 10 * MINUTE;
/** Between two steps of a count: what else there is to do comes first. */
const PAUSE = 20;

export interface StorageAnswersDependencies {
  /** Bytes of the database's file now; undefined where nothing is kept. */
  readonly size: () => number | undefined;
  readonly freeSpace: () => number | undefined;
  readonly count: () => Pick<CompositionCount, "step" | "kinds">;
  readonly pruning: () => PruningStatus;
  readonly setPruning: StorageQuestions["setPruning"];
  readonly findings: ScrubFindings;
  readonly index: () => StorageStatus["index"];
  readonly clock: Clock;
  readonly wallClock: Pick<Clock, "now">;
  /** Ends a count under way. */
  readonly signal: AbortSignal;
  readonly onBug: (error: unknown) => void;
}

/** Looks at what the chain takes on the disk, and counts it in the background when somebody wants to know. */
export function createStorageAnswers(dependencies: StorageAnswersDependencies): StorageQuestions {
  const {size, freeSpace, clock, wallClock, signal} = dependencies;
  const first = {at: clock.now(), size: size()};
  const startedAt = wallClock.now();
  let composition: StorageStatus["composition"];
  let countedAt = Number.NEGATIVE_INFINITY;
  let isCounting = false;

  const count = async () => {
    isCounting = true;
    try {
      const counted = dependencies.count();
      while (!counted.step()) await clock.until(millis(clock.now() + PAUSE), signal);
      composition = {countedAt: wallClock.now(), kinds: counted.kinds()};
      countedAt = clock.now();
    } catch (error) {
      if (!signal.aborted) dependencies.onBug(error);
    } finally {
      isCounting = false;
    }
  };

  return {
    status() {
      const now = clock.now();
      const last = {at: now, size: size()};
      const isOld = now - countedAt > COUNT_GOOD_FOR;
      if (isOld && !isCounting) void count();
      return {
        size: last.size,
        freeSpace: freeSpace(),
        growth: growthSince(first, last, startedAt),
        pruning: dependencies.pruning(),
        composition,
        isCounting,
        damages: [...dependencies.findings.damages],
        mended: dependencies.findings.mended,
        lookedThroughAt: dependencies.findings.roundOverAt,
        index: dependencies.index(),
      };
    },
    pruning: dependencies.pruning,
    setPruning: dependencies.setPruning,
    cameUpon: damage => dependencies.findings.cameUpon(damage),
  };
}

interface Sample {
  readonly at: number;
  readonly size: number | undefined;
}

function growthSince(first: Sample, last: Sample, since: number): StorageStatus["growth"] {
  const span = last.at - first.at;
  if (first.size === undefined || last.size === undefined || span < LEAST_SPAN) return undefined;
  return {bytesPerDay: Math.round(((last.size - first.size) * DAY) / span), since};
}
