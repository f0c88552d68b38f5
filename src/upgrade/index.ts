/**
 * An upgrade of a chain's runtime looked at from outside: by which calls its own runtime takes new code, what the new runtime's
 * migrations changed in the state, by pallet and item, and what of the state nobody reads any more. All of it by names.
 *
 * Out of scope: carrying it out (`cli/upgrade`), and whether a change is the one that was wanted: that is for who wrote it.
 */

export {type BlockWeight, readBlockWeight} from "./block-weight.ts";
export {type ChangedItem, changedItems} from "./changed-items.ts";
export {type UnreadableItem, unreadableItems} from "./unreadable-items.ts";
export {authorization, type UpgradeStep, upgradeSteps} from "./upgrade-steps.ts";
