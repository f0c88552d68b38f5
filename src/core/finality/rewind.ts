import {err, ok, type Result} from "#base";
import type {Hash} from "#primitives";
import type {Blockchain} from "../chain/blockchain.ts";
import type {Finality} from "./finality.ts";

export type RewindFailure =
  | {readonly code: "state-unavailable"; readonly block: Hash}
  | {readonly code: "voters-changed"; readonly block: Hash};

/**
 * Puts chain and finality to a block that is kept, even below what is final. All that was said of finality before counts as
 * settled at what is final now. Both go to disk in one step, with `more` values of the node's own.
 */
export function rewind(
  chain: Blockchain,
  finality: Finality,
  block: Hash,
  more: ReadonlyMap<string, Uint8Array>,
): Result<Promise<void>, RewindFailure> {
  const finalized = chain.finalAfterRewind(block);
  if (finalized === undefined) return err({code: "state-unavailable", block});
  const back = finality.goBackTo(finalized);
  if (!back.ok) return err({code: back.error, block});
  const done = chain.rewindTo(block, new Map([...more, ...back.value.own]));
  if (!done.ok) return err({code: "state-unavailable", block});
  back.value.goOn();
  return ok(done.value);
}
