import {struct, type ValueOf, vec} from "#codec";
import {type BlockRef, blockRef} from "./block-ref.ts";
import {type SignedVote, signedVote, voterId, voterSignature} from "./message.ts";

/** A block and the precommits for it or its descendants that finalize it. */
export const commit = struct({target: blockRef, precommits: vec(signedVote)});
export type Commit = {readonly target: BlockRef; readonly precommits: readonly SignedVote[]};

/**
 * The block down to which the ways of a commit's votes lead: its target, or the lowest vote where one is below it, as
 * votes of an equivocator may be. Upstream's rounds begin there too (finality-grandpa, `validate_commit`).
 */
export function baseOf({target, precommits}: Commit): BlockRef {
  let base = target;
  for (const vote of precommits) if (vote.target.number < base.number) base = vote.target;
  return base;
}

/** A commit as gossiped: targets first, then as many signatures with their ids (spec/network §2.5). */
export const compactCommit = struct({
  target: blockRef,
  precommits: vec(blockRef),
  authData: vec(struct({signature: voterSignature, id: voterId})),
});
export type CompactCommit = ValueOf<typeof compactCommit>;

export function compactOf({target, precommits}: Commit): CompactCommit {
  return {
    target,
    precommits: precommits.map(vote => vote.target),
    authData: precommits.map(({signature, id}) => ({signature, id})),
  };
}

/** Undefined when the two lists differ in length. */
export function commitOf({target, precommits, authData}: CompactCommit): Commit | undefined {
  if (precommits.length !== authData.length) return undefined;
  return {
    target,
    precommits: precommits.map((vote, i) => ({target: vote, ...authData[i]!})),
  };
}
