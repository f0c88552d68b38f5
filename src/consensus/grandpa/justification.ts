import {type BinaryString, bytesToBinary, equalBytes, err, ok, type Result} from "#base";
import {decode, encode} from "#codec";
import type {Hashing, SignatureVerifier} from "#crypto";
import {type Header, header as headerCodec} from "#primitives";
import type {BlockRef} from "./chain-view.ts";
import {
  type Commit,
  type Justification,
  justification as justificationCodec,
  type SignedTarget,
  signingPayload,
} from "./messages.ts";
import type {VoterSet} from "./voter-set.ts";

/** Why a proof of finality proves nothing (spec/network §2.4). */
export type JustificationFailure =
  | {readonly code: "malformed"; readonly reason: string}
  | {readonly code: "voter-unknown"; readonly id: Uint8Array}
  /** The same vote twice, or a third one of the same voter. */
  | {readonly code: "vote-repeated"; readonly id: Uint8Array}
  | {readonly code: "bad-signature"; readonly id: Uint8Array}
  | {readonly code: "vote-off-chain"; readonly id: Uint8Array}
  | {readonly code: "weight-missing"; readonly weight: number; readonly threshold: number}
  | {readonly code: "ancestry-unused"; readonly headers: number};

/** Whether `block` is `ancestor` or follows from it. */
export type IsDescendant = (block: BlockRef, ancestor: BlockRef) => boolean;

export interface VoteContext {
  readonly round: bigint;
  readonly setId: bigint;
  readonly voters: VoterSet;
  readonly signatures: Pick<SignatureVerifier, "verify">;
}

/** Checks a commit on a chain that is known. */
export function verifyCommit(
  {target, precommits}: Commit,
  {round, setId, voters, signatures}: VoteContext,
  isDescendant: IsDescendant,
): Result<void, JustificationFailure> {
  const first = new Map<number, SignedTarget>();
  const twice = new Set<number>();
  let weight = 0;
  for (const vote of precommits) {
    const {id} = vote;
    const voter = voters.find(id);
    if (voter === undefined) return err({code: "voter-unknown", id});
    const before = first.get(voter.index);
    if (before !== undefined) {
      const isSame = equalBytes(before.target.hash, vote.target.hash);
      if (isSame || twice.has(voter.index)) return err({code: "vote-repeated", id});
      // Both votes are shown: whoever casts two counts for every block, once.
      twice.add(voter.index);
    } else {
      first.set(voter.index, vote);
      weight += voter.weight;
    }
  }
  for (const [index, vote] of first) {
    if (!twice.has(index) && !isDescendant(vote.target, target)) {
      return err({code: "vote-off-chain", id: vote.id});
    }
  }
  if (weight < voters.threshold) {
    return err({code: "weight-missing", weight, threshold: voters.threshold});
  }
  for (const {target: voted, signature, id} of precommits) {
    const payload = signingPayload({type: "Precommit", value: voted}, round, setId);
    if (!signatures.verify("ed25519", signature, payload, id))
      return err({code: "bad-signature", id});
  }
  return ok();
}

/** Checks a justification by itself: the headers it brings are all that is known of the chain. */
export function verifyJustification(
  bytes: Uint8Array,
  context: Omit<VoteContext, "round"> & {readonly hashing: Pick<Hashing, "blake2b256">},
): Result<Justification, JustificationFailure> {
  const decoded = decode(justificationCodec, bytes);
  if (!decoded.ok) return err({code: "malformed", reason: decoded.error.message});
  const checked = checkJustification(decoded.value, context);
  return checked.ok ? decoded : checked;
}

export function checkJustification(
  {round, commit, votesAncestries}: Justification,
  context: Omit<VoteContext, "round"> & {readonly hashing: Pick<Hashing, "blake2b256">},
): Result<void, JustificationFailure> {
  const headers = new Map<BinaryString, Header>();
  for (const header of votesAncestries) {
    headers.set(bytesToBinary(context.hashing.blake2b256(encode(headerCodec, header))), header);
  }
  const used = new Set<BinaryString>();
  const isDescendant: IsDescendant = (block, ancestor) => {
    let {hash, number} = block;
    while (number > ancestor.number) {
      const key = bytesToBinary(hash);
      const header = headers.get(key);
      if (header === undefined || header.number !== number) return false;
      used.add(key);
      hash = header.parentHash;
      number--;
    }
    return number === ancestor.number && equalBytes(hash, ancestor.hash);
  };
  const checked = verifyCommit(commit, {...context, round}, isDescendant);
  if (!checked.ok) return checked;
  // The routes of those who voted twice may be there as well: they are votes of the commit.
  for (const {target} of commit.precommits) isDescendant(target, commit.target);
  const unused = headers.size - used.size;
  if (unused > 0 || headers.size !== votesAncestries.length) {
    return err({code: "ancestry-unused", headers: Math.max(unused, 1)});
  }
  return ok();
}

/** Makes the proof for a commit: with exactly the headers on the ways from its votes down to its target. */
export function createJustification(
  round: number,
  commit: Commit,
  header: (hash: Uint8Array) => Header | undefined,
): Uint8Array {
  const ancestries = new Map<BinaryString, Header>();
  for (const {target} of commit.precommits) {
    let {hash, number} = target;
    const way: [BinaryString, Header][] = [];
    while (number > commit.target.number) {
      const key = bytesToBinary(hash);
      const found = header(hash);
      if (found === undefined || ancestries.has(key)) break;
      way.push([key, found]);
      hash = found.parentHash;
      number--;
    }
    // A vote of somebody who voted twice may lie on another fork: its way proves nothing.
    const isOnTarget =
      ancestries.has(bytesToBinary(hash)) ||
      (number === commit.target.number && equalBytes(hash, commit.target.hash));
    if (isOnTarget) for (const [key, found] of way) ancestries.set(key, found);
  }
  const votesAncestries = [...ancestries.values()];
  return encode(justificationCodec, {round: BigInt(round), commit, votesAncestries});
}
