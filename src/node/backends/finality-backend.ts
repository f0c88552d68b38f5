import {equalBytes} from "#base";
import {encode} from "#codec";
import {auraEquivocation, type Round, type VoterSet, voteEquivocation} from "#consensus";
import type {FinalityBackend, RoundStatus} from "#rpc";
import type {NodeCore} from "../core/assemble-core.ts";

/** Headers between a block and its proof at most: proofs are kept each 512 blocks. */
const LONGEST_WAY = 1_024;

/** Finality as clients see it. */
export function createFinalityBackend({chain, finality, equivocations}: NodeCore): FinalityBackend {
  return {
    state() {
      const {setId, voters, current, last} = finality.status;
      return {
        setId,
        best: statusOf(current, voters),
        background: last === undefined ? [] : [statusOf(last, voters)],
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
      votes: finality.equivocations.map(proof => encode(voteEquivocation, proof)),
    }),
  };
}

function statusOf(round: Round, {voters, total, threshold}: VoterSet): RoundStatus {
  const step = (phase: "prevote" | "precommit") => {
    const votes = round.votes(phase);
    const missing = voters.filter(({id}) => !votes.some(vote => equalBytes(vote.id, id)));
    return {currentWeight: round.weight(phase), missing: missing.map(({id}) => id)};
  };
  return {
    round: round.number,
    totalWeight: total,
    thresholdWeight: threshold,
    prevotes: step("prevote"),
    precommits: step("precommit"),
  };
}
