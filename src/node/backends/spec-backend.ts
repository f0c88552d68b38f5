import type {Hashing} from "#crypto";
import {CODE_KEY} from "#primitives";
import type {SpecBackend} from "#rpc";
import {type ChainSpec, formatChainSpec, genesisEntries} from "../chain-spec/index.ts";

/** The chain spec, for others to join by. */
export function createSpecBackend(
  spec: ChainSpec,
  addresses: () => readonly string[],
  hashing: Hashing,
): SpecBackend {
  return {
    document(raw) {
      const top = genesisEntries(spec.genesis, hashing);
      const code = top.get(CODE_KEY) ?? new Uint8Array(0);
      const bootNodes = [...new Set([...spec.bootNodes, ...addresses()])];
      return formatChainSpec({...spec, bootNodes}, {top, code, raw}).trimEnd();
    },
  };
}
