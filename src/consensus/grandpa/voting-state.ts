import {err, ok, type Result} from "#base";
import {decode, encode, struct, u64, vec} from "#codec";
import type {BlockRef} from "./chain-view.ts";
import {type SignedVote, signedVote, voteTarget} from "./messages.ts";

/** What a round leaves to the next one. */
export interface ConcludedRound {
  readonly ghost: BlockRef;
  readonly finalized: BlockRef;
  readonly estimate: BlockRef;
}

/** Where a voter stands: what it needs to go on after a restart without ever voting differently. */
export interface VotingState {
  readonly setId: number;
  readonly round: number;
  readonly previous: ConcludedRound;
  /** Votes of our keys in the round at hand. */
  readonly own: readonly SignedVote[];
}

const stored = struct({
  setId: u64,
  round: u64,
  previous: struct({ghost: voteTarget, finalized: voteTarget, estimate: voteTarget}),
  own: vec(signedVote),
});

export function encodeVotingState({setId, round, previous, own}: VotingState): Uint8Array {
  return encode(stored, {setId: BigInt(setId), round: BigInt(round), previous, own: [...own]});
}

export function decodeVotingState(bytes: Uint8Array): Result<VotingState, string> {
  const decoded = decode(stored, bytes);
  if (!decoded.ok) return err(decoded.error.message);
  const {setId, round, ...rest} = decoded.value;
  return ok({...rest, setId: Number(setId), round: Number(round)});
}
