import type {Millis} from "#base";
import {MAJOR_LAG, OLD} from "#sync";
import type {ChainTime} from "../time/chain-time.ts";

/** Whether a block whose slot began then was made so long ago that whoever is in step with its chain has it. */
export function isOld(
  began: Millis | undefined,
  {time, duration}: {readonly time: Pick<ChainTime, "now" | "rate">; readonly duration: number},
): boolean {
  if (began === undefined) return false;
  // Who is in step is so in real time: peers and disks are no faster where the chain's time is.
  return time.now() - began > Math.max(OLD * time.rate, MAJOR_LAG * duration);
}
