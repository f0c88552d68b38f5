import {concatBytes} from "#base";
import {
  encode,
  fixedBytes,
  struct,
  u8,
  u32,
  u64,
  unnamedFields,
  type ValueOf,
  variant,
  vec,
} from "#codec";
import {hash, header} from "#primitives";

/** A block as votes name it: 36 bytes (spec/network §2.4). */
export const voteTarget = struct({hash, number: u32});
export type VoteTarget = ValueOf<typeof voteTarget>;

/** What is signed, besides round and set: 37 bytes. */
export const voteMessage = variant({
  Prevote: [0, voteTarget],
  Precommit: [1, voteTarget],
  PrimaryPropose: [2, voteTarget],
});
export type VoteMessage = ValueOf<typeof voteMessage>;
export type VoteKind = VoteMessage["type"];

export const signature = fixedBytes(64);
export const voterId = fixedBytes(32);

export const signedVote = struct({message: voteMessage, signature, id: voterId});
export type SignedVote = ValueOf<typeof signedVote>;

/** A vote of a kind that goes without saying. */
export const signedTarget = struct({target: voteTarget, signature, id: voterId});
export type SignedTarget = ValueOf<typeof signedTarget>;

/** As in a justification. */
export const commit = struct({target: voteTarget, precommits: vec(signedTarget)});
export type Commit = ValueOf<typeof commit>;

/** As in gossip: targets first, then who signed them. */
export const compactCommit = struct({
  target: voteTarget,
  precommits: vec(voteTarget),
  authData: vec(struct({signature, id: voterId})),
});
export type CompactCommit = ValueOf<typeof compactCommit>;

export const catchUp = struct({
  setId: u64,
  round: u64,
  prevotes: vec(signedTarget),
  precommits: vec(signedTarget),
  base: voteTarget,
});
export type CatchUp = ValueOf<typeof catchUp>;

/** Everything on `/grandpa/1` (spec/network §2.5). */
export const gossipMessage = variant({
  Vote: [0, struct({round: u64, setId: u64, vote: signedVote})],
  Commit: [1, struct({round: u64, setId: u64, commit: compactCommit})],
  Neighbour: [2, struct({version: u8, round: u64, setId: u64, finalized: u32})],
  CatchUpRequest: [3, struct({round: u64, setId: u64})],
  CatchUp: [4, catchUp],
});
export type GossipMessage = ValueOf<typeof gossipMessage>;

/** Proof that a block is final: a commit and the headers by which its votes descend from the target. */
export const justification = struct({round: u64, commit, votesAncestries: vec(header)});
export type Justification = ValueOf<typeof justification>;

const doubleVote = struct({
  round: u64,
  id: voterId,
  first: unnamedFields(voteTarget, signature),
  second: unnamedFields(voteTarget, signature),
});
/** Two votes of one voter for one step of a round. */
export const voteEquivocation = struct({
  setId: u64,
  equivocation: variant({Prevote: [0, doubleVote], Precommit: [1, doubleVote]}),
});
export type VoteEquivocation = ValueOf<typeof voteEquivocation>;

const roundAndSet = struct({round: u64, setId: u64});

/** What a voter signs: 53 bytes. */
export function signingPayload(message: VoteMessage, round: bigint, setId: bigint): Uint8Array {
  return concatBytes(encode(voteMessage, message), encode(roundAndSet, {round, setId}));
}

export const warpFragment = struct({header, justification});
/** Answer of sync/warp (spec/network §1.5). */
export const warpProof = struct({fragments: vec(warpFragment), isFinished: u8});
export type WarpFragment = ValueOf<typeof warpFragment>;
export type WarpProof = ValueOf<typeof warpProof>;
