import {Trial, type TrialGround} from "./trial-ground.ts";

/** How sessions end (pallet_session, `PeriodicSessions`). */
export interface PeriodTrial {
  readonly period: number;
  /** Blocks before the first session ends: 0 on every chain that this finds anything of. */
  readonly offset: 0;
}

/** Divisible by all periods that chains are known to have: whole minutes, hours and days of blocks of 2 to 12 s, and round numbers. */
const MULTIPLE = 2 ** 8 * 3 ** 3 * 5 ** 3 * 7;
const PRIMES = [2, 3, 5, 7];

/**
 * How many blocks a session lasts: blocks of numbers are begun, and those that end one are the multiples of its length. From a
 * number that every usual length divides, some twenty trials lead down to it. Undefined where that number ends none: sessions
 * that do not end by a period, or by an odd one.
 */
export function trySessionPeriod(ground: TrialGround): PeriodTrial | undefined {
  if (!endsAt(ground, MULTIPLE)) return undefined;
  let period = MULTIPLE;
  for (const prime of PRIMES) {
    while (period % prime === 0 && endsAt(ground, period / prime)) period /= prime;
  }
  // One that ends at any block would end at the next number too; sessions of one block are none to go by.
  return period > 1 && !endsAt(ground, period + 1) ? {period, offset: 0} : undefined;
}

function endsAt(ground: TrialGround, number: number): boolean {
  const trial = new Trial(ground);
  const before = trial.reader.read("Session.CurrentIndex");
  if (typeof before !== "number" || !trial.begin(number).ok) return false;
  return trial.reader.read("Session.CurrentIndex") === before + 1;
}
