import {err, ok, type Result} from "#base";
import {MAX_U32} from "#codec";
import type {DispatchError} from "#primitives";
import type {Externalities} from "#state";
import type {Authorities} from "./authorities.ts";
import type {GrandpaParts} from "./config.ts";

export interface Change {
  readonly nextAuthorities: Authorities;
  /** Blocks between the announcement and the change. */
  readonly delay: number;
  /** For a forced change: the block that voters are to take as the last final one. */
  readonly forced: number | undefined;
}

/** Announces a change at the end of this block (docs/grandpa-pallet §4); one at a time. */
export function scheduleChange(
  state: Externalities,
  {config, storage, errors}: GrandpaParts,
  {nextAuthorities, delay, forced}: Change,
): Result<void, DispatchError> {
  if (storage.pendingChange.exists(state)) return err(errors.ChangePending);
  const scheduledAt = config.blockNumber(state);
  if (forced !== undefined) {
    const next = storage.nextForced.get(state);
    if (next !== undefined && next > scheduledAt) return err(errors.TooSoon);
    // Twice the delay from now, so that nobody can force change upon change.
    storage.nextForced.set(state, Math.min(scheduledAt + 2 * delay, MAX_U32));
  }
  storage.pendingChange.set(state, {scheduledAt, delay, nextAuthorities, forced});
  return ok();
}
