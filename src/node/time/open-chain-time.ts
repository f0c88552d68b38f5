import type {Clock, Millis} from "#base";
import {decode, encode, u64} from "#codec";
import {slotOf, slotStart} from "#consensus";
import type {Header} from "#primitives";
import type {ChainStore} from "#store";
import {ChainTime} from "./chain-time.ts";
import {startingOffset} from "./starting-offset.ts";

/** Name under which the offset is kept beside the chain, as a u64 of milliseconds. */
const TIME_OFFSET = "chain-time-offset";

/** The time of a chain that is opened: goes on from what the database remembers, and has it remember. */
export function openChainTime(
  store: Pick<ChainStore, "value" | "setValue">,
  {
    clock,
    onRealSlots,
    lastBlock,
    slotDuration,
  }: {clock: Clock; onRealSlots: boolean; lastBlock: Header; slotDuration: number},
): ChainTime {
  const bytes = store.value(TIME_OFFSET);
  const decoded = bytes === undefined ? undefined : decode(u64, bytes);
  const lastSlot = slotOf(lastBlock.digest);
  const offset = startingOffset({
    kept: decoded?.ok === true ? Number(decoded.value) : 0,
    onRealSlots,
    lastBlockAt: lastSlot === undefined ? undefined : slotStart(lastSlot, slotDuration),
    now: clock.now(),
  });
  return new ChainTime(clock, offset, (value: Millis) => {
    store.setValue(TIME_OFFSET, encode(u64, BigInt(Math.ceil(value))));
  });
}
