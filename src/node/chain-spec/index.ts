/**
 * Chain specs: the JSON by which operators agree on a chain. The readable form names owners, authorities and
 * parameters (`runtimeGenesis.patch`, upstream's names); the raw form is every key of the first state. Reading
 * one yields a spec or a failure that names the key; presets give specs without a file.
 *
 * Out of scope: other nodes' runtimes. A raw spec of a foreign chain can be read and its genesis computed, not run.
 */
export * from "./chain-spec.ts";
export {checkChain} from "./check-chain.ts";
export {type ChainChoice, type ChosenChain, chooseChain, type ReadText} from "./choose-chain.ts";
export {
  type CollatorsChain,
  collatorsParameters,
  collatorsSpec,
  type NetworkMember,
} from "./collators-spec.ts";
export {formatChainSpec} from "./format.ts";
export {
  type GenesisBlock,
  genesisBlock,
  genesisChildren,
  genesisEntries,
  genesisToStore,
} from "./genesis-block.ts";
export type {SpecFailure} from "./json-reader.ts";
export {JsonReader, SpecError} from "./json-reader.ts";
export {overrideParameters, type ParameterOverrideFailure} from "./override-parameters.ts";
export {PARAMETER_TABLE} from "./parameter-table.ts";
export {type ParsedSpec, parseChainSpec} from "./parse.ts";
export {presetSpec} from "./presets.ts";
