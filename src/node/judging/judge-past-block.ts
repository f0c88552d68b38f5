import {
  type BlockProof,
  type JudgeFailure,
  judgeBlock,
  type PastBlock,
  type ProofSizeMode,
} from "#core";
import {describeRuntime} from "#description";
import {describeApiFailure, type Runtime, type RuntimeHost} from "#runtime-api";
import {Overlay} from "#state";
import {relayParentIn} from "#validity";

/** The host function by which a runtime asks how large the proof of what it read is. */
const ASKS_FOR_PROOF_SIZE = "ext_storage_proof_size_storage_proof_size_version_1";

export type Verdict = {readonly verdict: "valid"} | ReasonedVerdict;

export interface ReasonedVerdict {
  readonly verdict: "refused" | "not-judged";
  readonly code: string;
  /** For people. */
  readonly reason: string;
}

/**
 * Why a runtime's blocks are not judged; undefined where they can be. It goes by what the runtime's code offers and asks for: one
 * that has no way to ask for the size of proofs comes to the same state whether or not it is recorded.
 */
export function whyNotJudged(
  {version: {specName, specVersion}, functions, imports}: Runtime,
  proofSize: ProofSizeMode,
): {readonly code: string; readonly reason: string} | undefined {
  const name = `${specName} ${specVersion}`;
  if (functions?.has("validate_block") !== true) {
    return {code: "no-judge", reason: `${name} has no validate_block: it is no parachain's`};
  }
  if (proofSize === "unrecorded" && imports?.has(ASKS_FOR_PROOF_SIZE) === true) {
    const reason = `${name} counts the size of proofs, which this chain's nodes do not record`;
    return {code: "proof-size-unrecorded", reason};
  }
  return undefined;
}

/** `proof`: as in `JudgeOptions`. */
export function judgePastBlock(
  block: PastBlock,
  {
    proof,
    ...host
  }: Pick<RuntimeHost, "verifySignature" | "isAsked" | "patience"> & {
    readonly proof?: BlockProof | undefined;
  },
): Verdict {
  const {runtime, parentState, proofSize} = block;
  const why = whyNotJudged(runtime, proofSize);
  if (why !== undefined) return {verdict: "not-judged", ...why};
  const described = describeRuntime(runtime, {...host, state: new Overlay(parentState)});
  if (!described.ok) {
    return {verdict: "not-judged", code: "runtime-not-described", reason: described.error};
  }
  const judged = judgeBlock(block, {
    ...host,
    proof,
    relayParent: ({body}) => relayParentIn(described.value, body),
  });
  return judged.ok ? {verdict: "valid"} : verdictOf(judged.error);
}

export function verdictOf(failure: JudgeFailure): ReasonedVerdict {
  switch (failure.code) {
    case "refused":
      return {verdict: "refused", code: failure.code, reason: failure.reason};
    case "other-head": {
      const reason = "it is valid, and what comes of it is another head than the block's header";
      return {verdict: "refused", code: failure.code, reason};
    }
    case "not-executed": {
      const {failure: cause} = failure;
      const isWrong = cause.code === "trap" && cause.isStateLost !== true;
      const reason = describeApiFailure(cause);
      return {verdict: isWrong ? "refused" : "not-judged", code: failure.code, reason};
    }
    case "relay-parent-unknown": {
      const reason = "it does not say for which block of the relay chain it was made";
      return {verdict: "not-judged", code: failure.code, reason};
    }
    case "no-judge":
      return {verdict: "not-judged", code: failure.code, reason: "its runtime has no judge"};
    case "not-judged":
      return {verdict: "not-judged", code: failure.code, reason: failure.reason};
  }
}
