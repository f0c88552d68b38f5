import {err, ok, type Result} from "#base";
import {freshVotes} from "#consensus";
import type {Hash} from "#primitives";
import type {Blockchain} from "../chain/blockchain.ts";
import {chainViewOf} from "./chain-view.ts";
import type {FinalityService} from "./finality-service.ts";
import {SETS_KEPT_AS, VOTES_KEPT_AS} from "./restore.ts";

export type RewindFailure =
  | {readonly code: "state-unavailable"; readonly block: Hash}
  | {readonly code: "voters-changed"; readonly block: Hash};

/**
 * Puts chain and finality to a block that is kept, even below what is final. The voters' rounds go on counting, since
 * no key signs twice for one step of a round; all that was said before counts as settled at what is final now. Both
 * go to disk in one step, with `more` values of the node's own.
 */
export function rewind(
  chain: Blockchain,
  finality: FinalityService,
  block: Hash,
  more: ReadonlyMap<string, Uint8Array>,
): Result<Promise<void>, RewindFailure> {
  const finalized = chain.finalAfterRewind(block);
  if (finalized === undefined) return err({code: "state-unavailable", block});
  const sets = finality.sets.before(finalized, chainViewOf(chain));
  if (sets === undefined) return err({code: "voters-changed", block});
  const round = finality.status.round + 1;
  const own = new Map([
    ...more,
    [SETS_KEPT_AS, sets.encode()],
    [VOTES_KEPT_AS, freshVotes({setId: sets.setId, round, finalized})],
  ]);
  const done = chain.rewindTo(block, own);
  if (!done.ok) return err({code: "state-unavailable", block});
  finality.goOnWith(sets);
  return ok(done.value);
}
