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

export const rewards = asked<readonly BlockReward[]>(
  () => node.call("collator_rewards", [null, REWARD_BLOCKS]),
  whenChanges(status, 10_000),
);

/** A chain whose time was moved ahead counts down by its own time: how far that is from this machine's. */
const NOTABLE_OFFSET = 60_000;
export const chainTimeAhead = computed(() => {
  const current = status.value;
  if (current === undefined) return 0;
  const {session, head} = current;
  const chainNow =
    session.nextRotationAt - (session.nextRotationBlock - head.best) * head.slotDuration;
  const ahead = chainNow - Date.now();
  return Math.abs(ahead) < NOTABLE_OFFSET ? 0 : ahead;
});
