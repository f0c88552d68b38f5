/**
 * The chains of this program's own runtime, made of parameters: the presets, a network of so many collators, and the
 * readable form of a genesis (`runtimeGenesis.patch`). The one part of chain specs that knows our runtime.
 *
 * Out of scope: chains of other runtimes, which come as raw states.
 */

/** What chains of our own runtime are made of, for those who make some. */
export type {Parameters} from "#runtime";
export {CHAIN_PROPERTIES, PROTOCOL_ID} from "./chain-properties.ts";
export {checkChain} from "./check-chain.ts";
export {
  type CollatorsChain,
  collatorsParameters,
  collatorsSpec,
  type NetworkMember,
} from "./collators-spec.ts";
export {overrideParameters, type ParameterOverrideFailure} from "./override-parameters.ts";
export {PARAMETER_TABLE} from "./parameter-table.ts";
export type {PresetGenesis} from "./preset-genesis.ts";
export {presetSpec} from "./preset-spec.ts";
