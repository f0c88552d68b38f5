import {err, ok, type Result} from "#base";
import {type BlockRef, sameBlock} from "./block-ref.ts";
import type {Commit} from "./commit.ts";
import type {SignedVote, VoterId} from "./message.ts";
import type {Voter, VoterSet} from "./voter-set.ts";

/** What is wrong with a commit before any signature or ancestry is looked at. */
export type CommitFailure =
  | {readonly code: "unknown-voter"; readonly id: VoterId}
  | {readonly code: "vote-repeated"; readonly id: VoterId}
  | {readonly code: "not-enough-weight"; readonly weight: number; readonly threshold: number}
  | {readonly code: "vote-below-target"; readonly vote: BlockRef};

export interface VoterVote {
  readonly voter: Voter;
  readonly vote: SignedVote;
}

/**
 * The cheap part of a commit's checks (spec/network §2.4): every id in the set, none twice but with two different
 * votes, no vote below the target, and weight enough if all the rest holds.
 */
export function checkCommit(
  commit: Commit,
  voters: VoterSet,
): Result<readonly VoterVote[], CommitFailure> {
  const found: VoterVote[] = [];
  const byVoter = new Map<Voter, SignedVote[]>();
  for (const vote of commit.precommits) {
    const voter = voters.find(vote.id);
    if (voter === undefined) return err({code: "unknown-voter", id: vote.id});
    if (vote.target.number < commit.target.number) {
      return err({code: "vote-below-target", vote: vote.target});
    }
    const known = byVoter.get(voter) ?? [];
    if (known.length >= 2 || known.some(other => sameBlock(other.target, vote.target))) {
      return err({code: "vote-repeated", id: vote.id});
    }
    byVoter.set(voter, [...known, vote]);
    found.push({voter, vote});
  }
  const weight = weightOf(found);
  const {threshold} = voters;
  return weight < threshold ? err({code: "not-enough-weight", weight, threshold}) : ok(found);
}

/** Weight of those who voted, each counted once. */
export function weightOf(votes: readonly VoterVote[]): number {
  let weight = 0;
  for (const voter of new Set(votes.map(vote => vote.voter))) weight += voter.weight;
  return weight;
}
