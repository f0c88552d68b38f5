import {signal} from "@preact/signals";
import {status} from "../state/collator.ts";

export interface LagPoint {
  readonly at: number;
  readonly lag: number;
}

/** Half an hour of one a second. */
const KEPT = 1_800;
const LEAST = 1_000;

/** How far finality was behind, since the page was opened: no node remembers it. */
export const lags = signal<readonly LagPoint[]>([]);

status.subscribe(current => {
  if (current === undefined) return;
  const {best, finalized} = current.head;
  const point = {at: Date.now(), lag: best - finalized};
  const list = lags.peek();
  const last = list.at(-1);
  if (last !== undefined && point.at - last.at < LEAST && point.lag <= last.lag) return;
  lags.value = [...list.slice(1 - KEPT), point];
});
