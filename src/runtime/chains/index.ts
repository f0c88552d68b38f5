/**
 * Which pallets make a chain, with which constants. `composeCollatorChain` puts the pallets together and states
 * all in which two such chains may differ; `composeKhala` is the chain of this program, made from the parameters
 * that its genesis carries. Presets are sets of parameters for development, local networks and standing alone.
 *
 * Out of scope: chain-spec files and flags (`node`).
 */
export {chainCode, lightClientContents} from "./chain-code.ts";
export {type BalanceFinding, checkBalances} from "./check-balances.ts";
export {checkParameters, type ParameterFinding} from "./check-parameters.ts";
export {
  type CollatorChain,
  type CollatorChainConfig,
  composeCollatorChain,
} from "./collator-chain.ts";
export {buildGenesisState, type KhalaGenesis} from "./genesis.ts";
export {
  composeKhala,
  KHALA_INDICES,
  KHALA_SS58_PREFIX,
  POT_ID,
  TREASURY_ID,
} from "./khala.ts";
export {createKhalaEngine} from "./khala-engine.ts";
export {collatorChainApis, createRuntime} from "./khala-runtime.ts";
export {KHALA_TOKEN, PHA, SPEC_NAME, SPEC_VERSION} from "./khala-version.ts";
export {
  type FeeSinkChoice,
  type FinalityVoters,
  type Parameters,
  parameters,
} from "./parameters.ts";
export {PRESET_PARAMETERS, type PresetName} from "./presets.ts";
