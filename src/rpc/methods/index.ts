import type {RpcBackend} from "../backend/index.ts";
import type {Declaration} from "../dispatch/method-table.ts";
import {authorKeyMethods, authorMethods} from "./author/index.ts";
import {chainMethods} from "./chain/index.ts";
import {devMethods} from "./dev/index.ts";
import {engineCreateBlock} from "./engine/create-block.ts";
import {grandpaMethods} from "./grandpa/index.ts";
import {khalaBannedPeers} from "./khala/banned-peers.ts";
import {khalaEquivocations} from "./khala/equivocations.ts";
import {khalaLiftBan} from "./khala/lift-ban.ts";
import {khalaSessionInfo} from "./khala/session-info.ts";
import {khalaSyncProgress} from "./khala/sync-progress.ts";
import {paymentMethods} from "./payment/index.ts";
import {stateMethods} from "./state/index.ts";
import {systemDryRun} from "./system/dry-run.ts";
import {systemMethods} from "./system/index.ts";
import {reservedPeerMethods} from "./system/reserved-peers.ts";

/** All that this node can answer. A group is listed only where all of it works: clients choose by the list. */
export function methodsFor(backend: RpcBackend): readonly Declaration[] {
  const {dryRun, keys, producer, session, finality, network, timeTools} = backend;
  return [
    ...systemMethods,
    ...(dryRun ? [systemDryRun(dryRun)] : []),
    ...chainMethods,
    ...stateMethods,
    ...authorMethods,
    ...(keys ? authorKeyMethods(keys) : []),
    ...paymentMethods,
    ...(producer ? [engineCreateBlock(producer)] : []),
    ...(timeTools ? devMethods(timeTools, session) : []),
    ...(session ? [khalaSessionInfo(session)] : []),
    ...(finality ? [...grandpaMethods(finality), khalaEquivocations(finality)] : []),
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
