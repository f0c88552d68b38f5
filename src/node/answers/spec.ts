import {type ChainSpec, formatChainSpec, genesisEntries} from "#chain-spec";
import type {Hashing} from "#crypto";
import {CODE_KEY} from "#primitives";
import type {SpecQuestions} from "#rpc";

/** The chain spec, for others to join by. */
export function createSpecAnswers(
  spec: ChainSpec,
  addresses: () => readonly string[],
  hashing: Hashing,
): SpecQuestions {
  return {
    document(raw) {
      const top = genesisEntries(spec.genesis, hashing);
      const code = top.get(CODE_KEY) ?? new Uint8Array(0);
      const bootNodes = [...new Set([...spec.bootNodes, ...addresses()])];
      return formatChainSpec({...spec, bootNodes}, {top, code, raw}).trimEnd();
    },
  };
}
