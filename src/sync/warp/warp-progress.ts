import type {SyncProgress, SyncStage} from "../progress.ts";
import type {StateDownload} from "./state-download.ts";
import type {WarpRoute} from "./warp-route.ts";

export type WarpStage = "proof" | "block" | "state" | "done";

/** What there is to be seen of a warp. */
export interface WarpView {
  readonly stage: WarpStage;
  /** Where it began, and the height aimed at. */
  readonly best: number;
  readonly target: number;
  readonly peers: number;
  readonly route: Pick<WarpRoute, "number" | "setId">;
  readonly state: Pick<StateDownload, "part" | "bytes"> | undefined;
  /** Bytes of state a second. */
  readonly rate: number | undefined;
  readonly isAsking: boolean;
  /** The first peers have just come, and more may. */
  readonly isSettling: boolean;
}

export function warpProgress(view: WarpView): SyncProgress {
  return {
    stage: reportedStage(view),
    best: view.best,
    target: view.target,
    rate: undefined,
    eta: undefined,
    waitingFor: waitingFor(view),
    detail: detail(view),
  };
}

function reportedStage({peers, stage}: WarpView): SyncStage {
  if (peers === 0) return "waiting-for-peers";
  if (stage === "proof") return "downloading-proof";
  return stage === "block" ? "downloading-blocks" : "downloading-state";
}

function detail({stage, route, state, rate}: WarpView): string {
  const {number, setId} = route;
  if (stage === "proof") return `proof up to block ${number}, set ${setId}`;
  if (state === undefined) return `block ${number}`;
  const mebibytes = (bytes: number) => (bytes / 1_048_576).toFixed(1);
  const speed = rate === undefined ? "" : `, ${mebibytes(rate)} MiB/s`;
  return `state ${Math.floor(state.part * 100)} %, ${mebibytes(state.bytes)} MiB${speed}`;
}

function waitingFor({stage, peers, isAsking, isSettling}: WarpView): string | undefined {
  if (stage === "done" || isAsking) return undefined;
  if (peers === 0) return "peers";
  if (isSettling) return "more peers, for a moment";
  return "a peer that answers: those that were asked gave nothing of use";
}
