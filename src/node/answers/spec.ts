import {unwrap} from "#base";
import {type ChainSpec, formatChainSpec, type GenesisMakers} from "#chain-spec";
import type {SpecQuestions} from "#rpc";

/** The chain spec, for others to join by. */
export function createSpecAnswers(
  spec: ChainSpec,
  addresses: () => readonly string[],
  makers: GenesisMakers,
): SpecQuestions {
  return {
    document(raw) {
      const bootNodes = [...new Set([...spec.bootNodes, ...addresses()])];
      // The node began with it, so that it can be built.
      return unwrap(formatChainSpec({...spec, bootNodes}, {isRaw: raw}, makers)).trimEnd();
    },
  };
}
