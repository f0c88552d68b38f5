import {findPallet} from "#description";
import type {StateDraft} from "./state-draft.ts";

/** What a parachain's runtime decides itself, rather than learns of the relay chain. */
const KEPT = ["UpwardDeliveryFeeFactor", "AuthorizedUpgrade", "CustomValidationHeadData"];

/** The number of the last relay block that a state knows of; 0 where it knows of none. Runtimes of before 2022 keep no more than its data. */
export function lastRelayNumber(draft: StateDraft): number {
  const number = draft.read("ParachainSystem.LastRelayChainBlockNumber");
  const data = draft.read("ParachainSystem.ValidationData") as
    | {readonly relayParentNumber?: unknown}
    | undefined;
  return Math.max(...[number, data?.relayParentNumber].map(each => Number(each ?? 0)));
}

/**
 * A parachain forgets the relay chain that it was on: numbers, message queues, pending upgrades. The next block's view is of
 * another one.
 */
export function forgetRelayChain(draft: StateDraft): void {
  const pallet = findPallet(draft.description, "ParachainSystem");
  for (const {name} of pallet?.storage ?? []) {
    if (!KEPT.includes(name)) draft.clear(`ParachainSystem.${name}`);
  }
}
