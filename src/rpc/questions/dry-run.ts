import type {Result} from "#base";
import type {Hash, OpaqueExtrinsic} from "#primitives";
import type {CallFailure} from "./chain.ts";

/**
 * Tries an extrinsic in a block that is begun for it on top of another and then thrown away. It cannot be had by
 * `ChainQuestions.call`: on the state after a block, that block's own hash is not yet known to the runtime, and every
 * transaction that is mortal from there on would count as signed for another chain.
 */
export interface DryRunQuestions {
  /** SCALE of ApplyExtrinsicResult: `Core_initialize_block`, `BlockBuilder_apply_extrinsic` over one overlay. */
  apply(parent: Hash, extrinsic: OpaqueExtrinsic): Result<Uint8Array, CallFailure>;
}
