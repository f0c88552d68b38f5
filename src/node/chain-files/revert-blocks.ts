import {counted, err, ok, type Report, type Result} from "#base";
import {AuthoritySet} from "#consensus";
import {SETS_KEPT_AS} from "#core";
import type {BlockRef, ChainStore} from "#store";

export interface Reverted {
  /** Blocks of the best chain that are gone. */
  readonly reverted: number;
  /** Blocks of other forks that went with them. */
  readonly others: number;
  readonly best: BlockRef;
  readonly finalized: BlockRef;
}

/** Takes back so many blocks of the best chain at most, none of which is final, and all forks above. */
export async function revertBlocks(
  store: ChainStore,
  count: number,
): Promise<Result<Reverted, Report>> {
  const {best, finalized} = store;
  const height = Math.max(best.number - count, finalized.number);
  const sets = AuthoritySet.restore(store.value(SETS_KEPT_AS) ?? new Uint8Array(0));
  const forced = sets.ok
    ? sets.value.changes.find(change => change.forced && change.enactedAt.number > height)
    : undefined;
  if (forced !== undefined) {
    return err({
      code: "voters-changed",
      what: `block ${forced.enactedAt.number} made others vote at once, and those before cannot be put back`,
      facts: [["best", `block ${best.number}`]],
      did: "reverted nothing",
      todo: `revert ${counted(best.number - forced.enactedAt.number, "block")} at most`,
    });
  }
  const removed = store.revertTo(height);
  await store.flushed();
  const reverted = best.number - height;
  return ok({reverted, others: removed.length - reverted, best: store.best, finalized});
}
