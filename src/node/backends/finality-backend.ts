import {equalBytes} from "#base";
import {encode} from "#codec";
import {auraEquivocation, equivocationProof} from "#consensus";
import type {FinalityBackend} from "#rpc";
import type {NodeCore} from "../core/assemble-core.ts";

/** Headers between a block and its proof at most: proofs are kept each 512 blocks. */
const LONGEST_WAY = 1_024;

/** Finality as clients see it. */
export function createFinalityBackend({chain, finality, equivocations}: NodeCore): FinalityBackend {
  return {
    state() {
      const {status} = finality;
      return {
        setId: status.setId,
        best: {
          round: status.round,
          totalWeight: status.totalWeight,
          thresholdWeight: status.threshold,
          prevotes: {currentWeight: status.prevoteWeight, missing: status.missing.prevote},
          precommits: {currentWeight: status.precommitWeight, missing: status.missing.precommit},
        },
        background: [],
      };
    },
    prove(number) {
      const finalized = chain.finalized();
      if (number > finalized.number) return "not-final";
      const top = Math.min(finalized.number, number + LONGEST_WAY);
      for (let height = number; height <= top; height++) {
        const block = chain.hashOf(height);
        const justification = block === undefined ? undefined : chain.justification(block);
        if (block !== undefined && justification !== undefined) return {block, justification};
      }
      return "no-proof";
    },
    headersAbove(number, proof) {
      const headers: Uint8Array[] = [];
      for (let height = number + 1; ; height++) {
        const block = chain.hashOf(height);
        const header = block === undefined ? undefined : chain.headerBytes(block);
        if (block === undefined || header === undefined) return headers;
        headers.push(header);
        if (equalBytes(block, proof)) return headers;
      }
    },
    onJustification: listener => finality.onJustification(listener),
    equivocations: () => ({
      blocks: equivocations.all.map(proof => encode(auraEquivocation, proof)),
      votes: finality.equivocations.map(proof => encode(equivocationProof, proof)),
    }),
  };
}
