import {type BinaryString, equalBytes, type Result} from "#base";
import type {ApplyExtrinsicAnswer} from "#primitives";
import {type ApiFailure, applyExtrinsic, initializeBlock, type RuntimeHost} from "#runtime-api";
import {ProofRecorder} from "#state";
import {executionOn} from "../chain/execution.ts";
import type {StorageAccess} from "./answers.ts";
import type {PastBlock} from "./past-block.ts";
import {TracingState} from "./tracing-state.ts";

/** An extrinsic by its place in the block, or what the block does before all of them. */
export type BlockPart = number | "beginning";

export interface PartReplay {
  /** What became of an extrinsic; undefined of a beginning, and where there is a failure. */
  readonly answer: ApplyExtrinsicAnswer | undefined;
  /** That the runtime gave up on the part, or on one before it. */
  readonly failure: ApiFailure | undefined;
  /** In the order in which they came, those included that a call which failed took back. */
  readonly accesses: readonly StorageAccess[];
  /** What is otherwise after the part, in the order in which it was first written; what was cleared by a prefix is in `accesses` alone. */
  readonly changes: readonly StorageChange[];
  /**
   * Bytes by which what it came upon makes the block's proof grow, as `storage_proof_size` counts them: what parts before it had
   * read costs nothing again.
   */
  readonly proofSize: number;
}

export interface StorageChange {
  readonly key: BinaryString;
  readonly was: Uint8Array | undefined;
  readonly is: Uint8Array | undefined;
}

/** Executes a block once more up to one part of it, and tells what that part looked up and changed. */
export function replayPart(
  {runtime, parentState, header, body, proofSize}: PastBlock,
  part: BlockPart,
  rest: Omit<RuntimeHost, "state" | "proofSize">,
): PartReplay {
  const recorder = new ProofRecorder();
  const execution = executionOn(parentState, rest, proofSize, {recorder});
  const {state: overlay} = execution;
  const state = new TracingState(overlay);
  const host: RuntimeHost = {...execution.host, state};
  const watched = <T>(
    run: () => Result<T, ApiFailure>,
    answerOf: (value: T) => ApplyExtrinsicAnswer | undefined,
  ): PartReplay => {
    const [from, size] = [state.accesses.length, recorder.size];
    overlay.begin();
    const ran = run();
    const grown = recorder.size - size;
    const accesses = state.accesses.slice(from);
    // A runtime that gave up may have left its state anyhow.
    if (!ran.ok) return failed(ran.error, accesses, grown);
    const keys = [...new Set(accesses.flatMap(one => (isWrite(one) ? [one.key] : [])))];
    const is = keys.map(key => overlay.get(key));
    overlay.rollback();
    const changes = keys.map((key, i) => ({key, was: overlay.get(key), is: is[i]}));
    return {
      answer: answerOf(ran.value),
      failure: undefined,
      accesses,
      changes: changes.filter(change => !isSame(change.was, change.is)),
      proofSize: grown,
    };
  };
  const open = () => initializeBlock(runtime, host, header);
  if (part === "beginning") return watched(open, () => undefined);
  const opened = open();
  if (!opened.ok) return failed(opened.error);
  for (const extrinsic of body.slice(0, part)) {
    const applied = applyExtrinsic(runtime, host, extrinsic);
    if (!applied.ok) return failed(applied.error);
  }
  return watched(
    () => applyExtrinsic(runtime, host, body[part]!),
    answer => answer,
  );
}

const failed = (
  failure: ApiFailure,
  accesses: readonly StorageAccess[] = [],
  proofSize = 0,
): PartReplay => ({answer: undefined, failure, accesses, changes: [], proofSize});

const isWrite = ({method}: StorageAccess): boolean => method === "Put" || method === "Append";

const isSame = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && equalBytes(a, b));
