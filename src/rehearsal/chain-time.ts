import {type Millis, millis} from "#base";
import {RELAY_SLOT, type RehearsalSettings} from "./settings.ts";
import {stop} from "./stop.ts";

/** What a state knows of time. */
export interface PastTime {
  /** Unix milliseconds of its last block; 0 of a genesis. */
  readonly now: bigint;
  /** The last relay block that it knows of; 0 where it knows of none. */
  readonly relayNumber: number;
  /** Milliseconds. */
  readonly slotDuration: number;
}

/**
 * When the chain's time begins, and how relay blocks are numbered: time never goes back for a runtime, nor do these numbers,
 * whose first one is that after the last that the state knows of, or a few more.
 */
export function timeSettings(
  {now, relayNumber, slotDuration}: PastTime,
  realStart: Millis,
): Pick<RehearsalSettings, "realStart" | "chainStart" | "relayOffset"> {
  // Blocks have the time at which their slot began, which may be one before; and two have to lie apart.
  const next = Number(now) + 2 * slotDuration;
  const chainStart = now === 0n ? realStart : millis(Math.max(realStart, next));
  const slotsBack = Math.ceil(slotDuration / RELAY_SLOT);
  const relayOffset = Math.floor(chainStart / RELAY_SLOT) - slotsBack - relayNumber - 1;
  if (relayOffset < 0) {
    stop({
      code: "rehearsal-relay-number",
      what: `the chain's last relay block has number ${relayNumber}, which no relay chain has come to yet`,
      todo: "see whether ParachainSystem.LastRelayChainBlockNumber of the export is right",
    });
  }
  return {realStart, chainStart, relayOffset};
}
