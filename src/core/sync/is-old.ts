import type {Millis} from "#base";
import {MAJOR_LAG, OLD} from "#sync";

/** Whether a block whose slot began then was made so long ago that whoever is in step with its chain has it. */
export function isOld(
  began: Millis | undefined,
  {now, duration}: {readonly now: number; readonly duration: number},
): boolean {
  if (began === undefined) return false;
  return now - began > Math.max(OLD, MAJOR_LAG * duration);
}
