import type {Result} from "#base";
import type {BlockStats, BlockTrace, GivenBlock} from "#core";
import type {Hash} from "#primitives";
import type {CallFailure} from "./chain.ts";

/** What a block's own runtime says of it, as a relay chain's validators would hear it, and what it costs them. */
export interface CheckedBlock {
  readonly number: number;
  readonly verdict: "valid" | "refused" | "not-judged";
  /** Why, as a code and for people; undefined of a valid block. */
  readonly why: {readonly code: string; readonly reason: string} | undefined;
  /** Bytes of its proof, compact; undefined where it could not be executed. */
  readonly proofSize: number | undefined;
  /** Undefined where the state after it does not say it in a form that is known. */
  readonly weight: CheckedWeight | undefined;
  /** Milliseconds to execute it for its proof, and to have it judged by that; undefined where that was not done. */
  readonly executedIn: number | undefined;
  readonly judgedIn: number | undefined;
}

/** Time in picoseconds, proof in bytes; of a block's calls, and what they may come to. */
export interface CheckedWeight {
  readonly refTime: bigint;
  readonly proofSize: bigint | undefined;
  readonly maxRefTime: bigint | undefined;
  readonly maxProofSize: bigint | undefined;
}

/** Executes a block once more, on its parent's state, to look at how it went. Undefined for a block not known. */
export interface ReplayQuestions {
  trace(block: Hash): Result<BlockTrace, CallFailure> | undefined;
  stats(block: Hash): Result<BlockStats, CallFailure> | undefined;
  check(block: Hash): Result<CheckedBlock, CallFailure> | undefined;
  /** The same of a block as it came, kept here or not, on a parent whose state is. */
  checkGiven(block: GivenBlock): Result<CheckedBlock, CallFailure> | undefined;
  /** Bytes of its proof, compact, as noted when it was made or taken; undefined where it was not, or is long ago. */
  proofSize(block: Hash): number | undefined;
}
