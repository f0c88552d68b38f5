import type {PeerState} from "./peer-state.ts";
import type {SyncProgress, SyncStage} from "./progress.ts";

/** What there is to be seen of a full sync. */
export interface ChainSyncView {
  readonly peers: readonly PeerState[];
  /** Height of our best block. */
  readonly best: number;
  /** Height that the chain is known to have. */
  readonly target: number;
  /** Blocks handed on and not yet imported. */
  readonly importing: number;
  /** Blocks a second. */
  readonly rate: number | undefined;
}

export function progressOf(view: ChainSyncView): SyncProgress {
  const {best, target, rate} = view;
  const left = target - best;
  const eta = rate === undefined || rate <= 0 || left === 0 ? undefined : left / rate;
  return {stage: stageOf(view), best, target, rate, eta, waitingFor: waitingFor(view)};
}

function stageOf({peers, best, target, importing}: ChainSyncView): SyncStage {
  if (peers.length === 0) return "waiting-for-peers";
  const kinds = new Set(peers.map(peer => peer.task?.what.kind));
  if (kinds.has("fork")) return "downloading-blocks";
  // Somebody may always claim more than there is, and is asked for it: that is not what we are at.
  if (target > best) {
    if (kinds.has("range") || kinds.has("alone")) return "downloading-blocks";
    if (kinds.has("search")) return "finding-common-block";
  }
  return importing > 0 ? "importing-blocks" : "idle";
}

function waitingFor({peers, best, target, importing}: ChainSyncView): string | undefined {
  if (peers.length === 0) return "peers";
  if (target <= best || importing > 0) return undefined;
  if (peers.some(peer => peer.task !== undefined)) return undefined;
  return "a peer that answers: those that claim more blocks gave none";
}
