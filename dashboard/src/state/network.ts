import type {Ban, Health, PeerJson, RoundState, SyncProgress} from "../contract/node-answers.ts";
import {everyFiveSeconds} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";
import {status} from "./collator.ts";

const slowly = <T>(method: string) => asked<T>(() => node.call<T>(method), everyFiveSeconds);

export interface PeersThen {
  readonly list: readonly PeerJson[];
  /** This node's best block when it was asked. */
  readonly best: number | undefined;
}

export const peers = asked<PeersThen>(
  async () => ({
    list: await node.call<readonly PeerJson[]>("system_peers"),
    best: status.peek()?.head.best,
  }),
  everyFiveSeconds,
);
export const bans = slowly<readonly Ban[]>("khala_bannedPeers");
export const health = slowly<Health>("system_health");
export const syncProgress = slowly<SyncProgress>("khala_syncProgress");
export const roundState = slowly<RoundState>("grandpa_roundState");
export const equivocations = slowly<{
  readonly blocks: readonly string[];
  readonly votes: readonly string[];
}>("khala_equivocations");
export const pending = slowly<readonly string[]>("author_pendingExtrinsics");
