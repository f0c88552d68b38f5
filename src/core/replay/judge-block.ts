import {equalBytes, err, ok, type Result} from "#base";
import {encode} from "#codec";
import {header as headerCodec} from "#primitives";
import type {ApiFailure, RuntimeHost} from "#runtime-api";
import {
  type RelayParent,
  type ValidationFailure,
  type ValidationResult,
  validateBlock,
} from "#validity";
import type {BlockProof} from "../chain/block-proof.ts";
import {blockProof} from "./block-proof.ts";
import type {PastBlock} from "./past-block.ts";

export interface JudgeOptions {
  /** Has to say the truth at once. */
  readonly verifySignature: RuntimeHost["verifySignature"];
  /** That for which the block was made, or how to find it out from the block itself. */
  readonly relayParent: RelayParent | ((block: PastBlock) => RelayParent | undefined);
  /** What was noted when the block was made; without it the block is executed once more. */
  readonly proof?: BlockProof | undefined;
  /** As in `RuntimeHost`. */
  readonly isAsked?: boolean;
  readonly patience?: number;
}

export interface Judged {
  readonly proof: BlockProof;
  readonly result: ValidationResult;
}

export type JudgeFailure =
  | ValidationFailure
  /** It could not be executed here, so there is no proof to judge it by. */
  | {readonly code: "not-executed"; readonly failure: ApiFailure}
  /** The block does not say for which block of the relay chain it was made. */
  | {readonly code: "relay-parent-unknown"}
  /** It is valid, and what comes of it is another head than the block's header. */
  | {readonly code: "other-head"; readonly head: Uint8Array};

/**
 * Whether a relay chain's validators would take a block: has the runtime of its parent's state judge it by its proof alone,
 * which is made by executing it once more where it is not at hand.
 */
export function judgeBlock(
  block: PastBlock,
  {relayParent, proof: noted, ...host}: JudgeOptions,
): Result<Judged, JudgeFailure> {
  const at = typeof relayParent === "function" ? relayParent(block) : relayParent;
  if (at === undefined) return err({code: "relay-parent-unknown"});
  const proof = noted === undefined ? blockProof(block, host) : ok(noted);
  if (!proof.ok) return err({code: "not-executed", failure: proof.error});
  const request = {
    parentHead: block.parentHead,
    block: {header: block.sealed, extrinsics: [...block.body]},
    proof: proof.value.compact,
    relayParentNumber: at.number,
    relayParentStorageRoot: at.storageRoot,
  };
  const result = validateBlock(block.runtime, request, host);
  if (!result.ok) return result;
  const {headData} = result.value;
  return equalBytes(headData, encode(headerCodec, block.sealed))
    ? ok({proof: proof.value, result: result.value})
    : err({code: "other-head", head: headData});
}
