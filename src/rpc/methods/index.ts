/**
 * Every method, one file each, in folders by the first word of their names. The table is made of what a node has answers for:
 * a group whose questions nobody answers is not in it.
 *
 * Out of scope: what answers are made of (`questions`), and what several methods share (`access`, `shapes`).
 */
import type {Declaration} from "../declare/index.ts";
import type {RpcQuestions} from "../questions/index.ts";
import {archiveMethods} from "./archive/index.ts";
import {authorKeyMethods, authorMethods} from "./author/index.ts";
import {chainMethods} from "./chain/index.ts";
import {chainHeadMethods} from "./chain-head/index.ts";
import {chainSpecMethods} from "./chain-spec/index.ts";
import {childStateMethods} from "./child-state/index.ts";
import {collatorAlerts} from "./collator/alerts.ts";
import {collatorMethods} from "./collator/index.ts";
import {devGetBlockStats} from "./dev/get-block-stats.ts";
import {devMethods} from "./dev/index.ts";
import {engineCreateBlock} from "./engine/create-block.ts";
import {engineFinalizeBlock} from "./engine/finalize-block.ts";
import {grandpaMethods} from "./grandpa/index.ts";
import {khalaBannedPeers} from "./khala/banned-peers.ts";
import {khalaCheckBlock} from "./khala/check-block.ts";
import {khalaEquivocations} from "./khala/equivocations.ts";
import {khalaLiftBan} from "./khala/lift-ban.ts";
import {khalaNetNodes} from "./khala/net-nodes.ts";
import {khalaProcess} from "./khala/process.ts";
import {khalaProofSize} from "./khala/proof-size.ts";
import {khalaPruning} from "./khala/pruning.ts";
import {khalaSessionInfo} from "./khala/session-info.ts";
import {khalaSetPruning} from "./khala/set-pruning.ts";
import {khalaSnapshotChunk} from "./khala/snapshot-chunk.ts";
import {khalaSnapshotHead} from "./khala/snapshot-head.ts";
import {khalaStorage} from "./khala/storage.ts";
import {khalaSyncProgress} from "./khala/sync-progress.ts";
import {offchainMethods} from "./offchain/index.ts";
import {paymentMethods} from "./payment/index.ts";
import {stateMethods} from "./state/index.ts";
import {stateTraceBlock} from "./state/trace-block.ts";
import {syncStateGenSyncSpec} from "./sync-state/gen-sync-spec.ts";
import {systemAddLogFilter} from "./system/add-log-filter.ts";
import {systemDryRun} from "./system/dry-run.ts";
import {systemMethods} from "./system/index.ts";
import {reservedPeerMethods} from "./system/reserved-peers.ts";
import {systemResetLogFilter} from "./system/reset-log-filter.ts";
import {transactionMethods} from "./transaction/index.ts";
import {transactionWatchMethods} from "./transaction-watch/index.ts";

/** All that this node can answer. A group is listed only where all of it works: clients choose by the list. */
export function methodsFor(answers: RpcQuestions): readonly Declaration[] {
  const {dryRun, keys, producer, session, grandpa, equivocations, network, net} = answers;
  const {replay, offchain, log, spec, timeTools, collator, alerts, process, storage, snapshots} =
    answers;
  return [
    ...systemMethods,
    ...(dryRun ? [systemDryRun(dryRun)] : []),
    ...chainMethods,
    ...chainSpecMethods,
    ...chainHeadMethods,
    ...archiveMethods,
    ...transactionMethods,
    ...transactionWatchMethods,
    ...stateMethods,
    ...childStateMethods,
    ...(replay
      ? [
          stateTraceBlock(replay),
          devGetBlockStats(replay),
          khalaCheckBlock(replay),
          khalaProofSize(replay),
        ]
      : []),
    ...(offchain ? offchainMethods(offchain) : []),
    ...(log ? [systemAddLogFilter(log), systemResetLogFilter(log)] : []),
    ...(spec ? [syncStateGenSyncSpec(spec)] : []),
    ...authorMethods,
    ...(keys ? authorKeyMethods(keys) : []),
    ...paymentMethods,
    ...(producer ? [engineCreateBlock(producer), engineFinalizeBlock(producer)] : []),
    ...(timeTools ? devMethods(timeTools, session) : []),
    ...(collator ? collatorMethods(collator) : []),
    ...(net ? [khalaNetNodes(net)] : []),
    ...(alerts ? [collatorAlerts(alerts)] : []),
    ...(process ? [khalaProcess(process)] : []),
    ...(storage ? [khalaStorage(storage), khalaPruning(storage), khalaSetPruning(storage)] : []),
    ...(snapshots ? [khalaSnapshotHead(snapshots), khalaSnapshotChunk(snapshots)] : []),
    ...(session ? [khalaSessionInfo(session)] : []),
    ...(grandpa ? grandpaMethods(grandpa) : []),
    ...(equivocations ? [khalaEquivocations(equivocations)] : []),
    ...(network
      ? [
          ...reservedPeerMethods(network),
          khalaBannedPeers(network),
          khalaLiftBan(network),
          khalaSyncProgress(network),
        ]
      : []),
  ];
}
