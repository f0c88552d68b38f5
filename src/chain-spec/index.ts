/**
 * Chain specs: the JSON by which operators agree on a chain. The readable form names owners, authorities and
 * parameters (`runtimeGenesis.patch`, upstream's names); the raw form is every key of the first state. Reading
 * one yields a spec or a failure that names the key; presets give specs without a file. A readable spec of a runtime that is
 * none of ours is built by that runtime (`runtime-genesis`), and is raw from there on.
 *
 * Out of scope: which engine runs the code of a spec (`node`).
 */
export {buildRuntimeGenesis} from "./build-runtime-genesis.ts";
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
export {
  type BuildRuntimeGenesis,
  buildWithRuntime,
  type RuntimeGenesis,
} from "./runtime-genesis.ts";
