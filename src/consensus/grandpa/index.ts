/**
 * GRANDPA, the finality gadget: voters agree in rounds on how much of the chain can no longer change. Everything
 * here is a value or a state machine: bytes, blocks and time come in, decisions go out.
 *
 * **The life of a vote.** A peer's notification (`gossip-message`) is judged by what costs least first (set, round,
 * voter, known already) and only then by its signature. A good vote is counted in its `Round`: a `VoteGraph` holds the
 * blocks from the last finalized one up, each with the weight voted for it and its descendants, so GHOST, estimate
 * and completability are look-ups. What the round proves becomes a `Justification`. `AuthoritySet` knows who votes and
 * where that changes. `GrandpaVoter` drives it all and says what to send, to persist and to finalize.
 *
 * **What we vote for.** The head of the best chain, not some blocks behind it as upstream does by default: slots are
 * short here and finality is to follow within three blocks. Never beyond the block where the set changes.
 *
 * **Idleness.** A round's clock starts when there is something to finalize above what is final, or as soon as any vote
 * of that round arrives; until then nobody signs or sends. Liveness is not touched: one voter who sees a new block is
 * enough to wake all, a block wakes those who import it, and a voter behind in its rounds is told or catches up. The
 * two waits of a round (2 and 4 gossip periods) are kept even by a voter who decides alone.
 *
 * **Finality is taken at once.** As soon as a round's votes prove a block it is finalized, and any valid commit of the
 * current set is believed, whatever its round. Upstream waits for the round to be completable, because it would else
 * count a restarted round from another base; here votes off the base count at the base, so bases need not agree.
 *
 * **What proves a block.** A commit's votes for it or its descendants, and both votes of who voted twice, wherever they
 * are: upstream's voters send such commits. Ways of votes lead down to the lowest vote, or to the block where none is
 * below it. Not as upstream: a block below the highest that the votes prove may be proved by them too, since any
 * commit that proves something is believed; votes of strangers, a vote that is there twice, a header that is there
 * twice, and a number that is not the block's make a proof invalid where upstream passes them over. Votes of an
 * equivocator that prove nothing by themselves are left out of what we pass on wherever the rest suffices.
 * docs/grandpa-pallet.md §8 has the table.
 *
 * **After a crash.** A vote's place is promised on disk before it is signed (`SignVote`), and the next vote waits until
 * this one is stored (`votesPersisted`): a restart finds at most one promise more than the stored votes, and keeps it
 * (`keepPromises`). Refusing it instead would be as safe, and would end finality.
 *
 * **After a cut.** Votes are told from the start to whoever connects; a round that does not end is told again with
 * growing pauses; a peer that repeats itself is told again what it seems to lack; two rounds behind, it catches up.
 *
 * Out of scope: networks and disks (actions say what is wanted), reporting equivocations to the runtime, the finding
 * of voters' addresses, the assembling of warp proofs from stored justifications, and upstream's hard-forked sets.
 */
export {type Authority, authorityList} from "./authority-list.ts";
export {type AnnouncementFailure, AuthoritySet, type SetEffect} from "./authority-set.ts";
export {type BlockRef, blockName, blockRef, sameBlock} from "./block-ref.ts";
export {buildJustification, type UnprovableCommit} from "./build-justification.ts";
export {ancestorAt, type ChainView} from "./chain-view.ts";
export {type CommitFailure, checkCommit} from "./check-commit.ts";
export {
  type Commit,
  type CompactCommit,
  commitOf,
  compactCommit,
  compactOf,
} from "./commit.ts";
export {
  type AnnouncedChange,
  announcedChange,
  GRANDPA_ENGINE,
  type GrandpaLog,
  grandpaLog,
} from "./digest-log.ts";
export {
  type Equivocation,
  type EquivocationProof,
  equivocationProof,
} from "./equivocation-proof.ts";
export {
  type CatchUp,
  type GossipMessage,
  gossipMessage,
  type NeighbourView,
} from "./gossip-message.ts";
export {type Justification, justification} from "./justification.ts";
export {
  type SignedMessage,
  type SignedVote,
  signedMessage,
  signedVote,
  signingPayload,
  type VoteKind,
  type VoteMessage,
  type VoterId,
  voteMessage,
} from "./message.ts";
export {type Phase, Round, type RoundState, settledState} from "./round.ts";
export {
  type AuthoritySetState,
  authoritySetState,
  type PendingChange,
  type PendingForcedChange,
  type SetChange,
} from "./set-change.ts";
export {
  type JustificationFailure,
  type VerificationContext,
  verifyJustification,
} from "./verify-justification.ts";
export {
  verifyWarpProof,
  type Warped,
  type WarpFailure,
  type WarpPoint,
} from "./verify-warp-proof.ts";
export type {
  Action,
  EventAction,
  FinalizeAction,
  PeerName,
} from "./voter/action.ts";
export type {
  PromisedVote,
  SignVote,
  VoterDependencies,
  VoterOptions,
  VoteSigned,
  VoteToSign,
} from "./voter/core.ts";
export {freshVotes} from "./voter/fresh-votes.ts";
export {
  GrandpaVoter,
  type RoundTally,
  type VoterStart,
  type VoterStatus,
} from "./voter/grandpa-voter.ts";
export type {JustificationImportFailure} from "./voter/receive-justification.ts";
export {type Voter, VoterSet} from "./voter-set.ts";
export {type WarpFragment, type WarpProof, warpProof} from "./warp-proof.ts";
