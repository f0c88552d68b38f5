import {computed} from "@preact/signals";
import type {BlockReward, CollatorSet, CollatorStatus, SlotRecord} from "../contract/index.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked, live} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";

/** Cells of the strip: some minutes on a fast chain, an evening on a slow one. */
const SHOWN_SLOTS = 90;
const REWARD_BLOCKS = 1_000;

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

export interface Rewards {
  readonly list: readonly BlockReward[];
  /** Whether the chain tells who authors: where not, nobody knows of a block whose it is. */
  readonly areAuthorsKnown: boolean;
}

export const rewards = asked<Rewards>(
  async () => {
    const list = await node.call<readonly BlockReward[] | null>("collator_rewards", [
      null,
      REWARD_BLOCKS,
    ]);
    return {list: list ?? [], areAuthorsKnown: list !== null};
  },
  whenChanges(status, 10_000),
);

/** Below it nobody sees it, and the way of an answer may be all that there is. */
const NOTABLE_OFFSET = 1_000;
let ahead = Number.NEGATIVE_INFINITY;

/**
 * How far the node's time is ahead of this machine's: a reader's clock may be off, and a chain's time moved ahead. When a
 * status was made follows from its forecast of the session's end; without one no offset is known, and none is reckoned with. What it took to come makes the offset look smaller than
 * it is, so the largest counts, until one is smaller by more than that.
 */
export const chainTimeAhead = computed(() => {
  const current = status.value;
  const heardAt = status.heardAt.value;
  if (current === undefined || heardAt === undefined) return 0;
  const {session, head} = current;
  const {nextRotationAt, nextRotationBlock} = session;
  if (nextRotationAt === null || nextRotationBlock === null) return 0;
  const chainNow = nextRotationAt - (nextRotationBlock - head.best) * head.slotDuration;
  const seen = chainNow - heardAt;
  if (seen > ahead || seen < ahead - NOTABLE_OFFSET) ahead = seen;
  return Math.abs(ahead) < NOTABLE_OFFSET ? 0 : ahead;
});
