import {err, ok, type Result, type Slot, slot as slotNumber} from "#base";
import {shouldBackOff, slotOf} from "#consensus";
import type {Blockchain} from "../chain/blockchain.ts";

/** Why a slot of ours is left unused on purpose. */
export type NotNow =
  /** Others are further: a block on our head would be one more fork. */
  | {readonly code: "syncing"; readonly best: number; readonly target: number}
  /** Nobody would hear of the block, and others may be making theirs. */
  | {readonly code: "no-peers"}
  | {readonly code: "finality-lags"; readonly best: number; readonly finalized: number}
  /** This machine's clock and others' differ by more than is let pass, in milliseconds. */
  | {readonly code: "clock-off"; readonly offset: number}
  /** Another node signs with the key of this slot as well; `what` was seen of that. */
  | {readonly code: "key-stopped"; readonly what: string}
  /** Whether the key may sign cannot be read now; it is asked again with the next slot. */
  | {readonly code: "keystore-unreadable"; readonly reason: string}
  /** A rehearsal wants to see what becomes of a collator that falls silent. */
  | {readonly code: "silenced"};

/** What the author has to know of the node's standing among others. */
export interface Standing {
  isMajorSyncing(): boolean;
  syncTarget(): number;
  peers(): number;
}

/** Asked before each slot: whether a block of ours is of any use now (spec/network §2.1). */
export function mayAuthor(
  chain: Pick<Blockchain, "head" | "lastFinalized">,
  standing: Standing,
  /** `force`: no peers are needed. */
  claim: {readonly slot: Slot; readonly authorities: number; readonly force: boolean},
): Result<void, NotNow> {
  const best = chain.head.number;
  if (standing.isMajorSyncing()) return err({code: "syncing", best, target: standing.syncTarget()});
  const isAlone = claim.authorities > 1 && standing.peers() === 0;
  if (isAlone && !claim.force) return err({code: "no-peers"});
  const finalized = chain.lastFinalized.number;
  const bestSlot = slotOf(chain.head.header.digest) ?? slotNumber(0);
  const lags = shouldBackOff({best, finalized, bestSlot, slot: claim.slot});
  return lags ? err({code: "finality-lags", best, finalized}) : ok();
}
