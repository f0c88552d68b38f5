/**
 * What makes blocks final. `Finality` is the port; `chooseFinality` puts one of its three kinds behind it: GRANDPA whose
 * voters the runtime names, GRANDPA by a committee that stands outside of the runtime, and "at once" for a chain of one
 * author. What only voters have (proofs, votes among peers, warp, rounds) is behind `grandpa`, which is undefined without.
 *
 * Out of scope: how votes are counted (`consensus/grandpa`), and which block is best (`chain`).
 */
export {AtOnce} from "./at-once.ts";
export {chooseFinality} from "./choose-finality.ts";
export type {Finality, WayBack} from "./finality.ts";
export {type FinalityChoice, parseFinality} from "./finality-choice.ts";
export type {FinalityPeers} from "./finality-peers.ts";
export {provesBlock, restoreSets, SETS_KEPT_AS} from "./grandpa/index.ts";
export type {GrandpaPart} from "./grandpa-part.ts";
export {keptChoice} from "./kept-kind.ts";
export {type RewindFailure, rewind} from "./rewind.ts";
