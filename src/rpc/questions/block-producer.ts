import type {Result} from "#base";
import type {Hash} from "#primitives";
import type {BlockRef} from "./chain.ts";

export interface BlockRequest {
  /** Make a block even when no transaction waits. */
  readonly createEmpty: boolean;
  /** True: it is final when the answer comes. False: this node votes for no block from it on, until asked. */
  readonly finalize: boolean;
  /** The best block when left out; any other one that what is final does not rule out makes a fork. */
  readonly parent?: Hash;
}

export type ProduceFailure =
  | {readonly code: "pool-empty"}
  | {readonly code: "parent-unknown"; readonly parent: Hash}
  | {readonly code: "shutting-down"}
  /** No key for a slot, a block that did not import, …: `reason` is for people. */
  | {readonly code: "authoring-failed"; readonly reason: string}
  /** The block is there, and did not become final in time. */
  | {readonly code: "not-finalized"; readonly block: Hash; readonly reason: string};

export interface ProducedBlock extends BlockRef {
  /** Whether the best chain holds it. */
  readonly isBest: boolean;
}

/** Blocks on demand. It resolves when the block is imported, and finalized where that was asked for. */
export interface BlockProducer {
  createBlock(request: BlockRequest): Promise<Result<ProducedBlock, ProduceFailure>>;
  /** Lets a kept block of the best chain become final, and resolves when it is. */
  finalizeBlock(hash: Hash): Promise<Result<void, ProduceFailure>>;
}
