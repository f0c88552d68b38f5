import {bytesToBinary, equalBytes, err, ok, type Result} from "#base";
import type {Hashing, SignatureVerifier} from "#crypto";
import {type Header, headerHash} from "#primitives";
import {type BlockRef, sameBlock} from "./block-ref.ts";
import {type CommitFailure, checkCommit} from "./check-commit.ts";
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
  readonly hashing: Pick<Hashing, "blake2b256">;
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
  const routes = checkRoutes(commit.precommits, target, votesAncestries, context.hashing);
  if (!routes.ok) return routes;
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

/** Every vote must lead down to the target through the headers, and every header must be on such a way. */
function checkRoutes(
  votes: readonly SignedVote[],
  target: BlockRef,
  headers: readonly Header[],
  hashing: Pick<Hashing, "blake2b256">,
): Result<void, JustificationFailure> {
  const byHash = new Map<string, Header>();
  for (const header of headers) byHash.set(bytesToBinary(headerHash(header, hashing)), header);
  const used = new Set<string>();
  for (const {target: vote} of votes) {
    let {hash, number} = vote;
    while (!equalBytes(hash, target.hash)) {
      const key = bytesToBinary(hash);
      const header = byHash.get(key);
      if (header === undefined || header.number !== number || number <= target.number) {
        return err({code: "ancestry-missing", vote});
      }
      if (used.has(key)) {
        number = target.number;
        break;
      }
      used.add(key);
      hash = header.parentHash;
      number--;
    }
    if (number !== target.number) return err({code: "ancestry-missing", vote});
  }
  const unused = headers.length - used.size;
  return unused === 0 ? ok() : err({code: "ancestry-unused", headers: unused});
}
