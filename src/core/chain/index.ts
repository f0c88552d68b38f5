/**
 * The chain of this node: every block that it keeps, on whatever fork, the best one and what is final, and who hears of
 * what in which order. `BlockImporter` checks and executes what others made, `ImportQueue` puts it in line, `BlockAnswers`
 * asks the runtime of a block what several want to know, once, `BlocksUnderWay` knows what is to come, and `SlotTimes` when the
 * slots of blocks were.
 *
 * Out of scope: how it is written (`store`), which runtime a state runs (`runtimes`), what makes a block final (`finality`).
 */
export {type AskedBlock, BlockAnswers} from "./block-answers.ts";
export {BlockImporter, type ImportFailure} from "./block-importer.ts";
export {type BlockProof, proofOf} from "./block-proof.ts";
export {Blockchain, type Head} from "./blockchain.ts";
export type {BestChange, BlockRef, ChainEvents, ChainFeed} from "./chain-events.ts";
export {type Execution, executionOn, type ProofSizeMode} from "./execution.ts";
export {ImportQueue} from "./import-queue.ts";
export {SlotTimes} from "./slot-times.ts";
