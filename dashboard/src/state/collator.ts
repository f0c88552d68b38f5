import {computed} from "@preact/signals";
import type {CollatorSet, CollatorStatus, SlotRecord} from "../contract/index.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked, live} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";

/** Cells of the strip: some minutes on a fast chain, an evening on a slow one. */
const SHOWN_SLOTS = 90;

export const status = live<CollatorStatus>(node, {
  method: "collator_subscribeStatus",
  unsubscribe: "collator_unsubscribeStatus",
});

export const slots = asked<readonly SlotRecord[]>(
  () => node.call("collator_slots", [SHOWN_SLOTS]),
  whenChanges(status, 1_000),
);

export const collatorSet = asked<CollatorSet>(
  () => node.call("collator_set"),
  whenChanges(status, 2_000),
);

/** Below it nobody sees it, and the way of an answer may be all that there is. */
const NOTABLE_OFFSET = 1_000;
let ahead = Number.NEGATIVE_INFINITY;

/**
 * How far the node's time is ahead of this machine's: a reader's clock may be off, and a chain's time moved ahead. What it took
 * to come makes the offset look smaller than it is, so the largest counts, until one is smaller by more than that.
 */
export const chainTimeAhead = computed(() => {
  const at = status.value?.time.at;
  const heardAt = status.heardAt.value;
  if (at === undefined || heardAt === undefined) return 0;
  const seen = at - heardAt;
  if (seen > ahead || seen < ahead - NOTABLE_OFFSET) ahead = seen;
  return Math.abs(ahead) < NOTABLE_OFFSET ? 0 : ahead;
});
