import type {Result} from "#base";
import type {Hash} from "#primitives";
import type {BlockRef} from "./chain-backend.ts";

export interface BlockRequest {
  /** Make a block even when no transaction waits. */
  readonly createEmpty: boolean;
  readonly finalize: boolean;
  /** The best block when left out. */
  readonly parent?: Hash;
}

export type ProduceFailure =
  | {readonly code: "pool-empty"}
  | {readonly code: "parent-unknown"; readonly parent: Hash}
  | {readonly code: "shutting-down"}
  /** No key for a slot, a block that did not import, …: `reason` is for people. */
  | {readonly code: "authoring-failed"; readonly reason: string};

/** Blocks on demand. It resolves when the block is imported, and finalized where that was asked for. */
export interface BlockProducer {
  createBlock(request: BlockRequest): Promise<Result<BlockRef, ProduceFailure>>;
}
