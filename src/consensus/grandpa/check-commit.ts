import {err, ok, type Result} from "#base";
import {sameBlock} from "./block-ref.ts";
import type {Commit} from "./commit.ts";
import type {SignedVote, VoterId} from "./message.ts";
import type {Voter, VoterSet} from "./voter-set.ts";

/** What is wrong with a commit before any signature or ancestry is looked at. */
export type CommitFailure =
  | {readonly code: "unknown-voter"; readonly id: VoterId}
  | {readonly code: "vote-repeated"; readonly id: VoterId}
  | {readonly code: "not-enough-weight"; readonly weight: number; readonly threshold: number};

export interface VoterVote {
  readonly voter: Voter;
  readonly vote: SignedVote;
}

/**
 * The cheap part of a commit's checks (spec/network §2.4): every id in the set, none twice but with two different
 * votes, and weight enough if all of them count for the target.
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
    const known = byVoter.get(voter) ?? [];
    if (known.length >= 2 || known.some(other => sameBlock(other.target, vote.target))) {
      return err({code: "vote-repeated", id: vote.id});
    }
    byVoter.set(voter, [...known, vote]);
    found.push({voter, vote});
  }
  return enoughWeight(weightOf(found), voters, found);
}

/**
 * The votes by which a commit proves its target, or that they are too few: those for the target or a descendant, and
 * both of who voted twice, which count for every block, as in upstream's `validate_commit`. Somebody must have voted
 * for the target itself, or it need not be a block of this chain at all.
 */
export function countVotes(
  votes: readonly VoterVote[],
  voters: VoterSet,
  isForTarget: (vote: VoterVote) => boolean,
): Result<readonly VoterVote[], CommitFailure> {
  const direct = votes.filter(isForTarget);
  const weight = weightOf(direct);
  if (weight >= voters.threshold || weight === 0) return enoughWeight(weight, voters, direct);
  const seen = new Set<Voter>();
  const twice = new Set<Voter>();
  for (const {voter} of votes) (seen.has(voter) ? twice : seen).add(voter);
  const counted = votes.filter(vote => twice.has(vote.voter) || isForTarget(vote));
  return enoughWeight(weightOf(counted), voters, counted);
}

function enoughWeight(
  weight: number,
  {threshold}: VoterSet,
  votes: readonly VoterVote[],
): Result<readonly VoterVote[], CommitFailure> {
  return weight < threshold ? err({code: "not-enough-weight", weight, threshold}) : ok(votes);
}

/** Weight of those who voted, each counted once. */
function weightOf(votes: readonly VoterVote[]): number {
  let weight = 0;
  for (const voter of new Set(votes.map(vote => vote.voter))) weight += voter.weight;
  return weight;
}
