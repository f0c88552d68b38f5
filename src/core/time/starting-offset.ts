import {type Millis, millis} from "#base";

/**
 * How far ahead of the machine's clock the chain's time starts. Blocks on demand always go on with the offset that
 * was kept. On real slots it counts only as long as the chain is still ahead: without it no block could follow
 * until the clock has caught up, and with it later than that, blocks would be dated ahead for nothing.
 */
export function startingOffset({
  kept,
  onRealSlots,
  lastBlockAt,
  now,
}: {
  /** What earlier runs left in the database. */
  kept: number;
  onRealSlots: boolean;
  /** When the slot of the best block, or of a later one that the chain was put back over, began; undefined at genesis. */
  lastBlockAt: Millis | undefined;
  now: Millis;
}): Millis {
  const isAhead = lastBlockAt !== undefined && lastBlockAt > now;
  return millis(onRealSlots && !isAhead ? 0 : kept);
}
