import {struct, u32, type ValueOf, variant, vec} from "#codec";
import {blockRef} from "./block-ref.ts";
import {compactCommit} from "./commit.ts";
import {signedMessage, signedVote} from "./message.ts";
import {safeU64} from "./safe-u64.ts";

/** Where a node stands: what it tells its direct peers. `finalized` is the height of its last finalized block. */
const neighbourView = struct({round: safeU64, setId: safeU64, finalized: u32});
export type NeighbourView = Readonly<ValueOf<typeof neighbourView>>;

/** The votes by which a round was completed; every list holds at least the threshold. */
const catchUp = struct({
  setId: safeU64,
  round: safeU64,
  prevotes: vec(signedVote),
  precommits: vec(signedVote),
  base: blockRef,
});
export type CatchUp = ValueOf<typeof catchUp>;

/** One notification of `/grandpa/1` (spec/network §2.5). Neighbour packets carry a version of their own, 1. */
export const gossipMessage = variant({
  Vote: [0, struct({round: safeU64, setId: safeU64, vote: signedMessage})],
  Commit: [1, struct({round: safeU64, setId: safeU64, commit: compactCommit})],
  Neighbour: [2, variant({V1: [1, neighbourView]})],
  CatchUpRequest: [3, struct({round: safeU64, setId: safeU64})],
  CatchUp: [4, catchUp],
});
export type GossipMessage = ValueOf<typeof gossipMessage>;
