import type {Slot} from "#base";
import {slotStart} from "#consensus";
import {MAJOR_LAG, OLD} from "#sync";

/** Whether a block of this slot was made so long ago that whoever is in step with its chain has it. */
export function isOld(
  slot: Slot | undefined,
  {now, duration}: {readonly now: number; readonly duration: number},
): boolean {
  if (slot === undefined) return false;
  return now - slotStart(slot, duration) > Math.max(OLD, MAJOR_LAG * duration);
}
