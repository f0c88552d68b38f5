import type {BinaryString, Result} from "#base";
import type {Hash} from "#primitives";
import type {CallFailure} from "./chain-backend.ts";

/** Part of a block's execution. */
export interface TraceSpan {
  /** From 1 on. */
  readonly id: number;
  readonly parentId: number | undefined;
  readonly name: string;
}

/** One access to the state. */
export interface StorageAccess {
  readonly method: "Get" | "Exists" | "Put" | "Append" | "NextKey" | "ClearPrefix";
  readonly key: BinaryString;
  /** What was found, or what was written; undefined for nothing. */
  readonly value: Uint8Array | undefined;
  readonly span: number;
}

export interface BlockTrace {
  readonly spans: readonly TraceSpan[];
  readonly accesses: readonly StorageAccess[];
}

export interface BlockStats {
  /** Bytes of the proof that executing the block takes, and of its compact form, as SCALE. */
  readonly witnessSize: number;
  readonly compactWitnessSize: number;
  /** Bytes of the block as SCALE. */
  readonly blockSize: number;
  readonly extrinsics: number;
}

/** Executes a block once more, on its parent's state, to look at how it went. Undefined for a block not known. */
export interface ReplayBackend {
  trace(block: Hash): Result<BlockTrace, CallFailure> | undefined;
  stats(block: Hash): Result<BlockStats, CallFailure> | undefined;
}
