/**
 * What JSON-RPC asks of a node, one interface a concern. Whoever has the answers implements them (`node/answers`, a
 * simulation, a test); a concern without answers has no methods, which is how `rpc_methods` comes to list exactly what
 * there is. They are asked in bytes and numbers of the chain; JSON begins behind them.
 *
 * Out of scope: how a method is named and its parameters are read (`methods`, `declare`), and all answers.
 */
import type {AlertQuestions} from "./alerts.ts";
import type {BlockProducer} from "./block-producer.ts";
import type {ChainQuestions} from "./chain.ts";
import type {CollatorQuestions} from "./collator.ts";
import type {DryRunQuestions} from "./dry-run.ts";
import type {EquivocationQuestions} from "./equivocations.ts";
import type {GrandpaQuestions} from "./grandpa.ts";
import type {KeysQuestions} from "./keys.ts";
import type {LogQuestions} from "./log.ts";
import type {NetQuestions} from "./net.ts";
import type {NetworkQuestions} from "./network.ts";
import type {NodeInfo} from "./node-info.ts";
import type {OffchainQuestions} from "./offchain.ts";
import type {PoolQuestions} from "./pool.ts";
import type {ProcessQuestions} from "./process.ts";
import type {ReplayQuestions} from "./replay.ts";
import type {SessionQuestions} from "./session.ts";
import type {SnapshotQuestions} from "./snapshots.ts";
import type {SpecQuestions} from "./spec.ts";
import type {StorageQuestions} from "./storage.ts";
import type {TimeTools} from "./time-tools.ts";

/** All that the server needs of a node. Methods of a part that is left out are not listed. */
export interface RpcQuestions {
  readonly chain: ChainQuestions;
  readonly pool: PoolQuestions;
  readonly node: NodeInfo;
  readonly dryRun?: DryRunQuestions;
  readonly keys?: KeysQuestions;
  readonly producer?: BlockProducer;
  readonly session?: SessionQuestions;
  /** Where voters make blocks final. */
  readonly grandpa?: GrandpaQuestions;
  readonly equivocations?: EquivocationQuestions;
  readonly network?: NetworkQuestions;
  /** Of nodes of a network on one machine. */
  readonly net?: NetQuestions;
  readonly replay?: ReplayQuestions;
  readonly offchain?: OffchainQuestions;
  readonly log?: LogQuestions;
  readonly spec?: SpecQuestions;
  readonly collator?: CollatorQuestions;
  /** Where somebody watches. */
  readonly alerts?: AlertQuestions;
  readonly process?: ProcessQuestions;
  readonly storage?: StorageQuestions;
  readonly snapshots?: SnapshotQuestions;
  /** Of dev chains only. */
  readonly timeTools?: TimeTools;
}

export type {AlertQuestions} from "./alerts.ts";
export type {BlockProducer, BlockRequest, ProduceFailure} from "./block-producer.ts";
export type {BlockRef, CallFailure, ChainQuestions, Justification, Stop} from "./chain.ts";
export type {CollatorQuestions} from "./collator.ts";
export type {DryRunQuestions} from "./dry-run.ts";
export type {EquivocationQuestions} from "./equivocations.ts";
export type {GrandpaQuestions, RoundStatus} from "./grandpa.ts";
export type {KeysFailure, KeysQuestions} from "./keys.ts";
export type {LogQuestions} from "./log.ts";
export type {NetNodeSaid, NetNodeState, NetQuestions} from "./net.ts";
export type {BannedPeer, NetworkQuestions} from "./network.ts";
export type {ChainType, Health, NodeInfo, NodeRole, PeerInfo, SyncState} from "./node-info.ts";
export type {OffchainQuestions} from "./offchain.ts";
export type {PooledTransaction, PoolQuestions} from "./pool.ts";
export type {ProcessQuestions, ProcessStatus} from "./process.ts";
export type {CheckedBlock, CheckedWeight, ReplayQuestions} from "./replay.ts";
export type {SessionInfo, SessionQuestions} from "./session.ts";
export type {
  SnapshotHead,
  SnapshotPart,
  SnapshotQuestions,
  SnapshotRefusal,
} from "./snapshots.ts";
export type {SpecQuestions} from "./spec.ts";
export type {
  PruningChange,
  PruningStatus,
  StorageQuestions,
  StorageStatus,
} from "./storage.ts";
export type {
  CallGiven,
  Dispatched,
  NamedSnapshot,
  StateValues,
  TimeToolFailure,
  TimeTools,
} from "./time-tools.ts";
