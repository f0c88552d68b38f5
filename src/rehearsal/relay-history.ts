import {findPallet} from "#description";
import type {StateDraft} from "./state-draft.ts";

/** What a parachain's runtime decides itself, rather than learns of the relay chain. */
const KEPT = ["UpwardDeliveryFeeFactor", "AuthorizedUpgrade", "CustomValidationHeadData"];

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
