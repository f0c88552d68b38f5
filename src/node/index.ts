/**
 * The node: where everything is put together. Configuration in, a running node out; the parts know each other only
 * through what they are handed here. It chooses the engines that run runtimes (`runtimes.ts`), opens what is on disk, puts
 * RPC, dashboard, metrics, telemetry and alerts around a core, and answers what RPC asks (`answers`).
 *
 * Out of scope: what a node does (`core`), what an operator is told (`desk`), flags and words for people (`cli`).
 */

export * from "./chain-files/index.ts";
export {checkChainDatabase, type DatabaseChecked} from "./check-database.ts";
export type {NodeConfiguration} from "./configuration.ts";
export {databaseDiff, databaseStats, type FactsFailure} from "./database-facts.ts";
export {genesisKeyKinds, insertDevKeys, schemeOfKind} from "./dev-keys.ts";
export * from "./in-memory/index.ts";
export {type CodeInspection, type InspectedApi, inspectCode} from "./inspect-code.ts";
export {keptRanges} from "./kept-ranges.ts";
export {createConsoleLogger, LogFilter, type LogFormat} from "./logging/index.ts";
export {type NodeDependencies, type RunningNode, startNode} from "./node.ts";
export {type PeerIdentity, parseNodeKey, peerIdentityOf} from "./peer-identity.ts";
export {purgeDatabase} from "./purge-database.ts";
export {type ReadyChain, readyChain} from "./ready-chain.ts";
export {rehearsalOfNode, rehearsalSettings} from "./rehearsal.ts";
export {rehearseChain} from "./rehearse-chain.ts";
export type {SharedProcess} from "./resources.ts";
export {createRuntimes, genesisMakers} from "./runtimes.ts";
export * from "./snapshots/index.ts";

export {parseTelemetryEndpoint} from "./telemetry/index.ts";

export {TrapLog} from "./traps/index.ts";
export {type ImportTrial, importTrial} from "./trial/index.ts";
export * from "./upgrade/index.ts";
