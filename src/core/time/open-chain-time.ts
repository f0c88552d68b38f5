import {type Millis, millis} from "#base";
import {type ChainStore, keepNumber, keptNumber} from "#store";
import {ChainTime} from "./chain-time.ts";
import type {PacedClock} from "./paced-clock.ts";
import {startingOffset} from "./starting-offset.ts";

/** Name under which the offset is kept beside the chain, as a u64 of milliseconds. */
const TIME_OFFSET = "chain-time-offset";
/**
 * Name of the moment (u64, milliseconds) up to which keys have signed blocks that the chain was put back over: they sign
 * for no slot before it, as if a block stood there.
 */
export const LEFT_AT = "chain-left-at";

/** The time of a chain that is opened: goes on from what the database remembers, and has it remember. */
export function openChainTime(
  store: Pick<ChainStore, "value" | "setValue">,
  {
    clock,
    onRealSlots,
    lastBlockAt,
  }: {
    clock: PacedClock;
    onRealSlots: boolean;
    /** When the best block's slot began; undefined at genesis. */
    lastBlockAt: Millis | undefined;
  },
): ChainTime {
  const moment = (name: string) => keptNumber(store, name) ?? 0;
  const offset = startingOffset({
    kept: moment(TIME_OFFSET),
    onRealSlots,
    lastBlockAt: millis(Math.max(moment(LEFT_AT), lastBlockAt ?? 0)),
    now: clock.now(),
  });
  const keep = (value: Millis) => keepNumber(store, TIME_OFFSET, Math.ceil(value));
  return new ChainTime(clock, offset, keep);
}
