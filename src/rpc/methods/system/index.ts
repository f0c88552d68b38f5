import type {Declaration} from "../../declare/index.ts";
import {systemAccountNextIndex} from "./account-next-index.ts";
import {systemChain} from "./chain.ts";
import {systemChainType} from "./chain-type.ts";
import {systemHealth} from "./health.ts";
import {systemLocalListenAddresses} from "./local-listen-addresses.ts";
import {systemLocalPeerId} from "./local-peer-id.ts";
import {systemName} from "./name.ts";
import {systemNetworkState} from "./network-state.ts";
import {systemNodeRoles} from "./node-roles.ts";
import {systemPeers} from "./peers.ts";
import {systemProperties} from "./properties.ts";
import {systemSyncState} from "./sync-state.ts";
import {systemVersion} from "./version.ts";

export const systemMethods: readonly Declaration[] = [
  systemName,
  systemVersion,
  systemChain,
  systemChainType,
  systemProperties,
  systemHealth,
  systemNodeRoles,
  systemSyncState,
  systemLocalPeerId,
  systemLocalListenAddresses,
  systemPeers,
  systemNetworkState,
  systemAccountNextIndex,
];
