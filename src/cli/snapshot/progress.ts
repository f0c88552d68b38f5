import {counted} from "#base";
import type {SnapshotProgress} from "#snapshot";
import type {Terminal} from "../key/index.ts";

const count = (value: number): string => value.toLocaleString("en");

/** Says how far it came, and how fast. `stage`: one word. */
export function tellProgress(
  terminal: Terminal,
  stage: string,
): (progress: SnapshotProgress) => void {
  const began = performance.now();
  let first: number | undefined;
  return ({rows, part}) => {
    // What was there before was not done now.
    first ??= rows;
    const seconds = (performance.now() - began) / 1_000;
    const rate = seconds < 1 ? "" : `, ${count(Math.round((rows - first) / seconds))} a second`;
    terminal.progress?.(
      `${stage}: ${counted(rows, "key")}, ${Math.floor(part * 100)} % of the key space${rate}`,
      stage,
    );
  };
}

export const countText = count;
