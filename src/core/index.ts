/** core. */
export {assembleCore} from "./assemble-core.ts";
export {type AuthoringFailure, BlockMaker, type MadeBlock} from "./author/block-maker.ts";
export type {NotNow} from "./author/conditions.ts";
export {DemandAuthor, type DemandedBlock, type DemandFailure} from "./author/demand-author.ts";
export type {MissedWhy} from "./author/missed-why.ts";
export {parseSealMode, type SealMode} from "./author/seal-mode.ts";
export {BlockAnswers} from "./chain/block-answers.ts";
export {BlockImporter, type ImportFailure} from "./chain/block-importer.ts";
export {Blockchain, type Head} from "./chain/blockchain.ts";
export type {BlockRef, ChainEvents, ChainFeed} from "./chain/chain-events.ts";
export type {ClockStatus} from "./clock/clock-status.ts";
export {followTimeServer} from "./clock/follow-time-server.ts";
export {askTimeServer} from "./clock/sntp.ts";
export {parseTimeServer, type TimeServer} from "./clock/time-server.ts";
export {fatalReport} from "./fatal-report.ts";
export type {Finality, FinalityChoice, GrandpaFinality} from "./finality/index.ts";
export {rewind} from "./finality/index.ts";
export {
  type InherentProvider,
  type Inherents,
  inherentsOf,
  timestampInherent,
} from "./inherents/index.ts";
export type {Membership, NetworkSettings} from "./join-network.ts";
export type {CoreDependencies, CoreSettings, NodeCore} from "./node-core.ts";
export type {BlockStats, BlockTrace, StorageAccess, TraceSpan} from "./replay/answers.ts";
export {blockStats} from "./replay/block-stats.ts";
export {pastBlock} from "./replay/past-block.ts";
export {traceBlock} from "./replay/trace.ts";
export {type Runtimes, RuntimesByCode, type RuntimeUnusable} from "./runtimes/index.ts";
export {SESSION_KEY_TYPES} from "./session-key-types.ts";
export {checkedOnce} from "./signatures/checked-once.ts";
export {inlineSignatures} from "./signatures/inline-signatures.ts";
export {SignatureChecks} from "./signatures/signature-checks.ts";
export {StateUnreadable} from "./state-unreadable.ts";
export {SYNC_MODES, type SyncMode} from "./sync/sync-mode.ts";
export {ChainTime} from "./time/chain-time.ts";
export {LEFT_AT} from "./time/open-chain-time.ts";
export {steadyClock} from "./time/steady-clock.ts";
export {systemClock} from "./time/system-clock.ts";
