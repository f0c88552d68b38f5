/**
 * Finality by GRANDPA's voters as a node takes part in it: what is on disk before it is said, who is told, which proofs are
 * kept, what a stall is called.
 *
 * Out of scope: the protocol itself, which is a state machine without input or output (`consensus/grandpa`).
 */

export {chainViewOf} from "./chain-view.ts";
export type {GrandpaDependencies} from "./dependencies.ts";
export {GrandpaFinality} from "./grandpa-finality.ts";
export {provesBlock} from "./proves-block.ts";
export {type GenesisVoters, restoreSets, SETS_KEPT_AS} from "./restore.ts";
export {buildWarpProof} from "./warp-proofs.ts";
