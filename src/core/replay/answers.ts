import type {BinaryString} from "#base";

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
