import type {Slot} from "#base";

/** Unfinalized blocks that slow nobody down: a healthy chain has a handful. */
const SLACK = 100;
/** Blocks beyond the slack that cost one slot of waiting. */
const BIAS = 2;
/** Longest wait between blocks, in slots: authoring slows down, it never stops. */
const LONGEST_WAIT = 100;

/**
 * Whether a slot is to be left unused because finality lags (spec/network §2.1): the further behind, the longer
 * the pause after the last block, so that voters who come back have less to catch up with.
 */
export function shouldBackOff(chain: {
  readonly best: number;
  readonly finalized: number;
  /** Slot of the best block. */
  readonly bestSlot: Slot;
  readonly slot: Slot;
}): boolean {
  const lag = chain.best - chain.finalized;
  if (lag <= SLACK) return false;
  const wait = Math.min(Math.floor((lag - SLACK) / BIAS), LONGEST_WAIT);
  return chain.slot <= chain.bestSlot + wait;
}
