import {ok, type Result} from "#base";
import {type ApiFailure, executeBlock, type RuntimeHost} from "#runtime-api";
import {ProofRecorder} from "#state";
import {type BlockProof, proofOf} from "../chain/block-proof.ts";
import {executionOn} from "../chain/execution.ts";
import type {PastBlock} from "./past-block.ts";

/** Executes a block once more, and keeps what it comes upon. */
export function blockProof(
  {runtime, parentState, header, body, proofSize}: PastBlock,
  rest: Omit<RuntimeHost, "state" | "proofSize">,
): Result<BlockProof, ApiFailure> {
  const recorder = new ProofRecorder();
  const {host} = executionOn(parentState, rest, proofSize, {recorder});
  const executed = executeBlock(runtime, host, {header, extrinsics: [...body]});
  return executed.ok ? ok(proofOf(parentState, recorder.items)) : executed;
}
