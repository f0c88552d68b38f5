import {encode} from "#codec";
import {auraEquivocation, equivocationProof} from "#consensus";
import type {NodeCore} from "#core";
import type {EquivocationQuestions} from "#rpc";

/** Proofs of blocks and votes that contradict each other, as clients see them. */
export function createEquivocationAnswers({
  equivocations,
  finality,
}: Pick<NodeCore, "equivocations" | "finality">): EquivocationQuestions {
  return {
    equivocations: () => ({
      blocks: equivocations.all.map(proof => encode(auraEquivocation, proof)),
      votes: (finality.grandpa?.equivocations ?? []).map(proof => encode(equivocationProof, proof)),
    }),
  };
}
