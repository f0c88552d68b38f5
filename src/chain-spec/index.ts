/**
 * Chain specs: the JSON by which operators agree on a chain. The readable form names owners, authorities and
 * parameters (`runtimeGenesis.patch`, upstream's names); the raw form is every key of the first state. Reading
 * one yields a spec or a failure that names the key; presets give specs without a file.
 *
 * Out of scope: other nodes' runtimes. A raw spec of a foreign chain can be read and its genesis computed, not run.
 */

export type {ChainSpec, ChainSpecHead, ChainType, RawGenesis, SpecGenesis} from "./chain-spec.ts";
export {type ChainChoice, type ChosenChain, chooseChain, type ReadText} from "./choose-chain.ts";
export {formatChainSpec} from "./format.ts";
export {type GenesisBlock, genesisBlock, genesisEntries, genesisToStore} from "./genesis-block.ts";
export {genesisStateVersion} from "./genesis-state-version.ts";
export type {SpecFailure} from "./json-reader.ts";
export {JsonReader, SpecError} from "./json-reader.ts";
export {type ParsedSpec, parseChainSpec} from "./parse.ts";
export {CHAIN_PROPERTIES, PROTOCOL_ID} from "./presets/chain-properties.ts";
export {checkChain} from "./presets/check-chain.ts";
export {
  type CollatorsChain,
  collatorsParameters,
  collatorsSpec,
  type NetworkMember,
} from "./presets/collators-spec.ts";
export {overrideParameters, type ParameterOverrideFailure} from "./presets/override-parameters.ts";
export {PARAMETER_TABLE} from "./presets/parameter-table.ts";
export type {PresetGenesis} from "./presets/preset-genesis.ts";
export {presetSpec} from "./presets/preset-spec.ts";
