import type {RoundTally} from "#consensus";
import type {Blockchain, GrandpaPart} from "#core";
import type {Header} from "#primitives";
import type {GrandpaQuestions, RoundStatus} from "#rpc";

/** Headers between a block and its proof at most: proofs are kept each 512 blocks. */
const LONGEST_WAY = 1_024;

/** Finality by voters as clients see it. */
export function createGrandpaAnswers(chain: Blockchain, grandpa: GrandpaPart): GrandpaQuestions {
  return {
    state() {
      const {status} = grandpa;
      const told = ({round, prevoteWeight, precommitWeight, missing}: RoundTally): RoundStatus => ({
        round,
        totalWeight: status.totalWeight,
        thresholdWeight: status.threshold,
        prevotes: {currentWeight: prevoteWeight, missing: missing.prevote},
        precommits: {currentWeight: precommitWeight, missing: missing.precommit},
      });
      return {
        setId: status.setId,
        age: grandpa.roundAge,
        best: told(status),
        background: status.background.map(told),
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
      const headers: Header[] = [];
      const last = chain.header(proof)?.number ?? number;
      for (let height = number + 1; height <= last; height++) {
        const block = chain.hashOf(height);
        const header = block === undefined ? undefined : chain.header(block);
        if (header === undefined) return headers;
        headers.push(header);
      }
      return headers;
    },
    onJustification: listener => grandpa.onJustification(listener),
  };
}
