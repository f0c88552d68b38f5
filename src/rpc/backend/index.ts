import type {BlockProducer} from "./block-producer.ts";
import type {ChainBackend} from "./chain-backend.ts";
import type {CollatorBackend} from "./collator-backend.ts";
import type {DryRunBackend} from "./dry-run-backend.ts";
import type {FinalityBackend} from "./finality-backend.ts";
import type {KeysBackend} from "./keys-backend.ts";
import type {LogBackend} from "./log-backend.ts";
import type {NetworkBackend} from "./network-backend.ts";
import type {NodeInfo} from "./node-info.ts";
import type {OffchainBackend} from "./offchain-backend.ts";
import type {PoolBackend} from "./pool-backend.ts";
import type {ProcessBackend} from "./process-backend.ts";
import type {ReplayBackend} from "./replay-backend.ts";
import type {SessionBackend} from "./session-backend.ts";
import type {SpecBackend} from "./spec-backend.ts";
import type {StorageBackend} from "./storage-backend.ts";
import type {TimeTools} from "./time-tools.ts";

/** All that the server needs of a node. Methods of a part that is left out are not listed. */
export interface RpcBackend {
  readonly chain: ChainBackend;
  readonly pool: PoolBackend;
  readonly node: NodeInfo;
  readonly dryRun?: DryRunBackend;
  readonly keys?: KeysBackend;
  readonly producer?: BlockProducer;
  readonly session?: SessionBackend;
  readonly finality?: FinalityBackend;
  readonly network?: NetworkBackend;
  readonly replay?: ReplayBackend;
  readonly offchain?: OffchainBackend;
  readonly log?: LogBackend;
  readonly spec?: SpecBackend;
  readonly collator?: CollatorBackend;
  readonly process?: ProcessBackend;
  readonly storage?: StorageBackend;
  /** Of dev chains only. */
  readonly timeTools?: TimeTools;
}

export type {BlockProducer, BlockRequest, ProduceFailure} from "./block-producer.ts";
export type {BlockRef, CallFailure, ChainBackend, Justification, Stop} from "./chain-backend.ts";
export * from "./collator-backend.ts";
export type {DryRunBackend} from "./dry-run-backend.ts";
export type {FinalityBackend, RoundStatus} from "./finality-backend.ts";
export {createKeysBackend, type KeysBackend, type KeysFailure} from "./keys-backend.ts";
export type {LogBackend} from "./log-backend.ts";
export type {BannedPeer, NetworkBackend} from "./network-backend.ts";
export type {
  ChainType,
  Health,
  NodeInfo,
  NodeRole,
  PeerInfo,
  SyncState,
} from "./node-info.ts";
export type {OffchainBackend} from "./offchain-backend.ts";
export type {PoolBackend, PooledTransaction} from "./pool-backend.ts";
export type {ProcessBackend, ProcessStatus} from "./process-backend.ts";
export type {
  BlockStats,
  BlockTrace,
  ReplayBackend,
  StorageAccess,
  TraceSpan,
} from "./replay-backend.ts";
export type {SessionBackend, SessionInfo} from "./session-backend.ts";
export type {SpecBackend} from "./spec-backend.ts";
export type {StorageBackend, StorageStatus} from "./storage-backend.ts";
export type {StateValues, TimeToolFailure, TimeTools} from "./time-tools.ts";
