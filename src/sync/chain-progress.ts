import type {PeerState} from "./peer-state.ts";
import type {SyncProgress, SyncStage} from "./progress.ts";

/** What there is to be seen of a full sync. */
export interface ChainSyncView {
  readonly peers: readonly PeerState[];
  /** Height of our best block. */
  readonly best: number;
  /** Blocks handed on and not yet imported. */
  readonly importing: number;
  /** Blocks a second. */
  readonly rate: number | undefined;
}

/** One question may go unanswered on a bad line. */
const MOST_SILENCES = 1;

/**
 * The height that half of the peers claim at least. One that claims too much cannot keep us from authoring: its claim
 * ends with the first question that it answers by nothing, and counts no more while it does not answer at all.
 */
export function targetOf({peers, best}: Pick<ChainSyncView, "peers" | "best">): number {
  const claims = peers
    .filter(({silences}) => silences <= MOST_SILENCES)
    .map(peer => peer.best.number)
    .sort((a, b) => a - b);
  return Math.max(best, claims[Math.floor(claims.length / 2)] ?? best);
}

export function progressOf(view: ChainSyncView): SyncProgress {
  const {best, rate} = view;
  const target = targetOf(view);
  const left = target - best;
  const eta = rate === undefined || rate <= 0 || left === 0 ? undefined : left / rate;
  return {stage: stageOf(view), best, target, rate, eta, waitingFor: waitingFor(view, target)};
}

function stageOf({peers, importing}: ChainSyncView): SyncStage {
  if (peers.length === 0) return "waiting-for-peers";
  const kinds = new Set(peers.map(peer => peer.task?.what.kind));
  if (kinds.has("range") || kinds.has("alone") || kinds.has("fork")) return "downloading-blocks";
  if (kinds.has("search")) return "finding-common-block";
  return importing > 0 ? "importing-blocks" : "idle";
}

function waitingFor({peers, best, importing}: ChainSyncView, target: number): string | undefined {
  if (peers.length === 0) return "peers";
  if (target <= best || importing > 0) return undefined;
  if (peers.some(peer => peer.task !== undefined)) return undefined;
  return "a peer that answers: those that claim more blocks gave none";
}
