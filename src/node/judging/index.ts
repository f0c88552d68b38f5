/**
 * What a parachain's own runtime says of its blocks, as a relay chain's validators would hear it: a verdict on any block that is
 * kept, and on each of this node's own before anybody sees it.
 *
 * There are three verdicts. `not-judged` is none on the block: its runtime has no judge, or counts the size of proofs where the
 * chain's nodes do not record it, so that every block with a transaction would be refused for a reason that was agreed on.
 *
 * Out of scope: running the judge (`validity`), its proof (`core/replay`), and what becomes of a refused block (`core/author`).
 */
export {judgePastBlock, type ReasonedVerdict, type Verdict, verdictOf} from "./judge-past-block.ts";
export {judgeOfOwnBlocks} from "./own-blocks.ts";
