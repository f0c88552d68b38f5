import type {Ban, Health, PeerJson, RoundState, SyncProgress} from "../contract/node-answers.ts";
import {everyFiveSeconds} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";

const slowly = <T>(method: string) => asked<T>(() => node.call<T>(method), everyFiveSeconds);

export const peers = slowly<readonly PeerJson[]>("system_peers");
export const bans = slowly<readonly Ban[]>("khala_bannedPeers");
export const health = slowly<Health>("system_health");
export const syncProgress = slowly<SyncProgress>("khala_syncProgress");
export const roundState = slowly<RoundState>("grandpa_roundState");
export const equivocations = slowly<{
  readonly blocks: readonly string[];
  readonly votes: readonly string[];
}>("khala_equivocations");
export const pending = slowly<readonly string[]>("author_pendingExtrinsics");
