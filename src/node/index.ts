/**
 * The node: where everything is put together. Configuration in, a running node out; the parts know each other only
 * through what they are handed here.
 *
 * `chain` holds the chain and imports blocks, `author` makes them, `signatures` sees to it that each is checked
 * once, `backends` shows all this to RPC clients, `chain-spec` says what chain it is.
 *
 * Out of scope: flags and words for people (`cli`).
 */
export type {MadeBlock} from "./author/block-maker.ts";
export {parseSealMode, type SealMode} from "./author/seal-mode.ts";
export type {BlockImporter, ImportFailure} from "./chain/block-importer.ts";
export type {Blockchain} from "./chain/blockchain.ts";
export type {BlockRef} from "./chain/chain-events.ts";
export * from "./chain-spec/index.ts";
export {askTimeServer} from "./clock/sntp.ts";
export {parseTimeServer} from "./clock/time-server.ts";
export type {KeyReadiness} from "./collator/index.ts";
export type {NodeConfiguration} from "./configuration.ts";
export {
  assembleCore,
  type CoreDependencies,
  type CoreSettings,
  type NodeCore,
} from "./core/assemble-core.ts";
export {fatalReport} from "./fatal-report.ts";
export {createConsoleLogger, LogFilter} from "./logging/console-logger.ts";
export {type NodeDependencies, type RunningNode, startNode} from "./node.ts";
export {insertDevKeys} from "./open-keystore.ts";
export {type PeerIdentity, parseNodeKey, peerIdentityOf} from "./peer-identity.ts";
export {purgeDatabase} from "./purge-database.ts";
export type {SharedProcess} from "./resources.ts";
export {checkedOnce} from "./signatures/checked-once.ts";
export {inlineSignatures} from "./signatures/inline-signatures.ts";
export {SignatureChecks} from "./signatures/signature-checks.ts";
export {SYNC_MODES, type SyncMode} from "./sync/sync-mode.ts";
export {parseTelemetryEndpoint} from "./telemetry/index.ts";
export {steadyClock} from "./time/steady-clock.ts";
export {systemClock} from "./time/system-clock.ts";
export {type SignatureScope, signedExtrinsic} from "./transactions/signed-extrinsic.ts";
export {type ImportTrial, importTrial} from "./trial/import-trial.ts";
