/**
 * Chain specs: the JSON by which operators agree on a chain. The readable form has the runtime's code and a configuration,
 * of which the runtime builds the first state (`runtimeGenesis`); that of this program's own chains names owners,
 * authorities and parameters, and is read by `presets`. The raw form is every key of the first state. Reading one yields a
 * spec or a failure that names the key; presets give specs without a file. What a file has beside it is kept.
 *
 * Out of scope: which engine runs a chain's code (`node`).
 */
export type {ChainSpec, ChainSpecHead, ChainType, RawGenesis, SpecGenesis} from "./chain-spec.ts";
export {type ChainChoice, type ChosenChain, chooseChain, type ReadText} from "./choose-chain.ts";
export {type FirstState, firstState, type GenesisMakers} from "./first-state.ts";
export {formatChainSpec} from "./format.ts";
export {type GenesisBlock, genesisBlock, genesisToStore} from "./genesis-block.ts";
export {genesisStateVersion} from "./genesis-state-version.ts";
export {JsonReader, SpecError, type SpecFailure} from "./json-reader.ts";
export {type ParsedSpec, parseChainSpec} from "./parse.ts";
export * from "./presets/index.ts";
