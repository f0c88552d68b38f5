/**
 * The executive: in which order the parts of a runtime run. It opens a block (events cleared, upgrade hooks,
 * hooks of every pallet), applies extrinsics one by one (signature, extensions, dispatch, settlement), and closes
 * it (hooks again, roots, header). The same steps serve authoring, one call at a time, and import, all at once.
 *
 * Out of scope: what any pallet does, and which pallets there are.
 */
export {applyExtrinsic} from "./apply-extrinsic.ts";
export {executeBlock, executeBlockInSteps, finalizeBlock, initializeBlock} from "./block.ts";
export {checkSignature} from "./check.ts";
export type {Composition} from "./composition.ts";
export {decodeExtrinsic, type Extrinsic, encodeBare} from "./extrinsic.ts";
export {checkInherents, createInherents} from "./inherents.ts";
export {validateTransaction} from "./validate-transaction.ts";
