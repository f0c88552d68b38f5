import type {Result} from "#base";
import type {BlockStats, BlockTrace} from "#core";
import type {Hash} from "#primitives";
import type {CallFailure} from "./chain.ts";

/** Executes a block once more, on its parent's state, to look at how it went. Undefined for a block not known. */
export interface ReplayQuestions {
  trace(block: Hash): Result<BlockTrace, CallFailure> | undefined;
  stats(block: Hash): Result<BlockStats, CallFailure> | undefined;
}
