import {MAX_U64} from "#codec";
import type {Weight} from "#primitives";
import {type BlockWeights, createTransactionPayment} from "../../src/runtime/testing.ts";

function anyProof({refTime}: Weight): Weight {
  return {refTime, proofSize: MAX_U64};
}

/** Limits that no proof is ever large in. */
function timeOnly(weights: BlockWeights): BlockWeights {
  const {normal} = weights.perClass;
  const maxTotal = anyProof(normal.maxTotal ?? weights.maxBlock);
  return {
    ...weights,
    maxBlock: anyProof(weights.maxBlock),
    perClass: {...weights.perClass, normal: {...normal, maxTotal}},
  };
}

/** As of spec 1241: priority and multiplier look at ref_time only, whatever the size of proofs. */
export const createTransactionPaymentV0: typeof createTransactionPayment = (scope, config, deps) =>
  createTransactionPayment(scope, {...config, blockWeights: timeOnly(config.blockWeights)}, deps);
