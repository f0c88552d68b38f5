import {ok, type Result} from "#base";
import {bytes, encode, vec} from "#codec";
import {type ApiFailure, executeBlock, type RuntimeHost} from "#runtime-api";
import {ProofRecorder} from "#state";
import {encodeCompactProof, type ProofItems} from "#trie";
import {executionOn} from "../chain/execution.ts";
import type {PastBlock} from "./past-block.ts";

const proofCodec = vec(bytes);

/** What it takes to execute a block without the state: all of it that is come upon, in reading and for the root. */
export interface BlockProof {
  readonly items: ProofItems;
  /** In the form in which a relay chain's validators are given it. */
  readonly compact: readonly Uint8Array[];
  /** Bytes of the compact form as SCALE. */
  readonly size: number;
}

/** Executes a block once more, and keeps what it comes upon. */
export function blockProof(
  {runtime, parentState, header, body, proofSize}: PastBlock,
  rest: Omit<RuntimeHost, "state" | "proofSize">,
): Result<BlockProof, ApiFailure> {
  const recorder = new ProofRecorder();
  const {host} = executionOn(parentState, rest, proofSize, recorder);
  const executed = executeBlock(runtime, host, {header, extrinsics: [...body]});
  if (!executed.ok) return executed;
  const {items} = recorder;
  const compact = encodeCompactProof(parentState.root(), items);
  return ok({items, compact, size: encode(proofCodec, compact).length});
}
