/**
 * A block executed once more on its parent's state, to see how it went: what each part looked up and wrote, and how large
 * a proof of all that is; and to have a parachain's runtime judge it by that proof alone, as a relay chain's validators do.
 *
 * Out of scope: debugging inside a runtime, which no host can see.
 */
export type {BlockStats, BlockTrace, StorageAccess, TraceSpan} from "./answers.ts";
export {blockProof} from "./block-proof.ts";
export {blockStats} from "./block-stats.ts";
export {type Judged, type JudgeFailure, type JudgeOptions, judgeBlock} from "./judge-block.ts";
export {blockOnParent, type GivenBlock, type PastBlock, pastBlock} from "./past-block.ts";
export {
  type BlockPart,
  type PartReplay,
  replayPart,
  type StorageChange,
} from "./replay-part.ts";
export {traceBlock} from "./trace.ts";
