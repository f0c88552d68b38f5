/**
 * Chain specs: the JSON by which operators agree on a chain. The readable form names owners, authorities and
 * parameters (`runtimeGenesis.patch`, upstream's names); the raw form is every key of the first state. Reading
 * one yields a spec or a failure that names the key; presets give specs without a file.
 *
 * Out of scope: which engine runs the code of a raw spec (`node`), and genesis made by a runtime's own GenesisBuilder.
 */
export type {ChainSpec, ChainSpecHead, ChainType, RawGenesis, SpecGenesis} from "./chain-spec.ts";
export {type ChainChoice, type ChosenChain, chooseChain, type ReadText} from "./choose-chain.ts";
export {formatChainSpec} from "./format.ts";
export {
  type GenesisBlock,
  genesisBlock,
  genesisChildren,
  genesisEntries,
  genesisToStore,
} from "./genesis-block.ts";
export {genesisStateVersion} from "./genesis-state-version.ts";
export {JsonReader, SpecError, type SpecFailure} from "./json-reader.ts";
export {type ParsedSpec, parseChainSpec} from "./parse.ts";
export * from "./presets/index.ts";
