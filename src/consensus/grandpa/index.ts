/**
 * GRANDPA: how voters agree on what is final, block production going on meanwhile (spec/network §2.2 to §2.6).
 * Voters vote in rounds, in two steps: for the head of the chain they see, then for the highest block that more than
 * two thirds voted for, as a vote for a block is one for all below it. What more than two thirds of the second votes
 * are for is final. Up to a third may be gone, wrong or malicious.
 *
 * `Round` counts votes. `Ballot` holds the rounds of one set of voters and says when to vote for what.
 * `AuthoritySets` knows who votes from when on. `Grandpa` is a node's part in all this, voter or not: it reads and
 * writes what is said on the wire, keeps peers up to date, and says what is to be kept on disk before it is said.
 *
 * A round's clock runs only when there is a block that is not final or somebody else votes: an idle chain is silent.
 * Unlike upstream voters vote for the very head of the best chain: no block is taken back for being young.
 *
 * Out of scope: signing and keys (`keystore`), the chain (`ChainView`), sending (`network`).
 */
export {COST, type GrandpaAction} from "./actions.ts";
export {AuthoritySets, type SetChange, type SetEnd} from "./authority-sets.ts";
export type {ChainView} from "./chain-view.ts";
export {type AnnouncedChange, announcedChange} from "./digest-logs.ts";
export {
  checkJustification,
  createJustification,
  type JustificationFailure,
  verifyJustification,
} from "./justification.ts";
export {
  gossipMessage,
  type Justification,
  justification,
  type VoteEquivocation,
  voteEquivocation,
  type WarpFragment,
  type WarpProof,
  warpProof,
} from "./messages.ts";
export {Round, type RoundState} from "./round.ts";
export {Grandpa, type GrandpaDependencies, type GrandpaStatus} from "./voter.ts";
export {type AuthorityList, authorityList, VoterSet} from "./voter-set.ts";
export {decodeVotingState, type VotingState} from "./voting-state.ts";
export {verifyWarpProof, type Warped, type WarpFailure} from "./warp-proof.ts";
