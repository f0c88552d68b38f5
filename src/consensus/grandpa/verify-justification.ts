import {bytesToBinary, err, ok, type Result} from "#base";
import type {Hashing, SignatureVerifier} from "#crypto";
import {type Header, headerHash} from "#primitives";
import {type BlockRef, sameBlock} from "./block-ref.ts";
import {type CommitFailure, checkCommit, countVotes} from "./check-commit.ts";
import {baseOf, type Commit} from "./commit.ts";
import type {Justification} from "./justification.ts";
import {type SignedVote, signingPayload, type VoterId} from "./message.ts";
import type {VoterSet} from "./voter-set.ts";

export type JustificationFailure =
  | CommitFailure
  | {readonly code: "wrong-target"; readonly found: BlockRef}
  | {readonly code: "ancestry-missing"; readonly vote: BlockRef}
  | {readonly code: "ancestry-unused"; readonly headers: number}
  | {readonly code: "bad-signature"; readonly id: VoterId};

export interface VerificationContext {
  readonly setId: number;
  readonly voters: VoterSet;
  readonly hashing: Pick<Hashing, "blockHash">;
  readonly signatures: Pick<SignatureVerifier, "verify">;
  /** The block that is to be proved, where the caller expects one. */
  readonly target?: BlockRef;
}

/** Checks a justification against a set of voters and nothing else (spec/network §2.4); signatures come last. */
export function verifyJustification(
  {round, commit, votesAncestries}: Justification,
  context: VerificationContext,
): Result<void, JustificationFailure> {
  const {target} = commit;
  if (context.target !== undefined && !sameBlock(context.target, target)) {
    return err({code: "wrong-target", found: target});
  }
  const votes = checkCommit(commit, context.voters);
  if (!votes.ok) return votes;
  const ways = followWays(commit, votesAncestries, context.hashing);
  if (!ways.ok) return ways;
  const counted = countVotes(votes.value, context.voters, ({vote}) => ways.value.has(vote));
  if (!counted.ok) return counted;
  for (const vote of commit.precommits) {
    if (!isPrecommitSigned(vote, round, context)) return err({code: "bad-signature", id: vote.id});
  }
  return ok();
}

export function isPrecommitSigned(
  {target, signature, id}: SignedVote,
  round: number,
  {setId, signatures}: Pick<VerificationContext, "setId" | "signatures">,
): boolean {
  const payload = signingPayload({type: "Precommit", value: target}, round, setId);
  return signatures.verify("ed25519", signature, payload, id);
}

/**
 * Every vote must lead down to the commit's base through the headers, and every header must be on such a way. Gives
 * the votes whose ways pass the target.
 */
function followWays(
  commit: Commit,
  headers: readonly Header[],
  hashing: Pick<Hashing, "blockHash">,
): Result<ReadonlySet<SignedVote>, JustificationFailure> {
  const base = baseOf(commit);
  const byHash = new Map<string, Header>();
  for (const header of headers) byHash.set(bytesToBinary(headerHash(header, hashing)), header);
  /** Of each block on a way: is it the target or above it? */
  const known = new Map<string, boolean>();
  const forTarget = new Set<SignedVote>();
  for (const vote of commit.precommits) {
    const way: BlockRef[] = [];
    let at = vote.target;
    while (!sameBlock(at, base)) {
      const key = bytesToBinary(at.hash);
      const header = byHash.get(key);
      if (header === undefined || header.number !== at.number || at.number <= base.number) {
        return err({code: "ancestry-missing", vote: vote.target});
      }
      if (known.has(key)) break;
      way.push(at);
      at = {hash: header.parentHash, number: at.number - 1};
    }
    let isAbove = known.get(bytesToBinary(at.hash)) ?? sameBlock(base, commit.target);
    for (const block of way.reverse()) {
      isAbove ||= sameBlock(block, commit.target);
      known.set(bytesToBinary(block.hash), isAbove);
    }
    if (isAbove) forTarget.add(vote);
  }
  const unused = headers.length - known.size;
  return unused === 0 ? ok(forTarget) : err({code: "ancestry-unused", headers: unused});
}
