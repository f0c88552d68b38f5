import {type BinaryString, err, ok, type Result} from "#base";

/**
 * Which states are kept. `archive`: all. `archive-canonical`: those of the best chain, and above what is final all. `window`: of
 * these the last so many that are final, the final block's own the first of them. `since`: those from a height on.
 */
export type StatePruning =
  | {readonly kind: "archive"}
  | {readonly kind: "archive-canonical"}
  | {readonly kind: "window"; readonly blocks: number}
  | {readonly kind: "since"; readonly height: number};

/** Which bodies are kept: as states are. Headers always are. */
export type BlocksPruning = Exclude<StatePruning, {readonly kind: "since"}>;

/** Keys below a prefix stay readable at all heights. */
export interface SparedPallet {
  /** As the metadata has it, to be shown. */
  readonly name: string;
  /** What its storage keys begin with. */
  readonly prefix: BinaryString;
}

/** What an operator wants kept. */
export interface PruningPolicy {
  readonly states: StatePruning;
  readonly blocks: BlocksPruning;
  /** In the order of their names. */
  readonly pallets: readonly SparedPallet[];
}

export const KEEP_ALL: PruningPolicy = {
  states: {kind: "archive"},
  blocks: {kind: "archive"},
  pallets: [],
};

/** Heights are u32. */
const HIGHEST = 2 ** 32 - 1;

const WORDS = "archive, archive-canonical, a number of blocks from 1 on";

/** Reads what `formatStatePruning` writes, as Substrate spells it, and `since:HEIGHT`; a failure is in words. */
export function parseStatePruning(text: string): Result<StatePruning, string> {
  const since = /^since:(\d{1,10})$/.exec(text);
  if (since !== null) {
    const height = Number(since[1]);
    return height <= HIGHEST ? ok({kind: "since", height}) : err("since: and a height below 2^32");
  }
  const parsed = parseBlocksPruning(text);
  return parsed.ok ? parsed : err(`${WORDS}, or since:HEIGHT`);
}

/** As `parseStatePruning`, without `since`. */
export function parseBlocksPruning(text: string): Result<BlocksPruning, string> {
  if (text === "archive" || text === "archive-canonical") return ok({kind: text});
  const blocks = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (blocks >= 1 && blocks <= HIGHEST) return ok({kind: "window", blocks});
  return err(WORDS);
}

export function formatPruning(mode: StatePruning): string {
  switch (mode.kind) {
    case "window":
      return String(mode.blocks);
    case "since":
      return `since:${mode.height}`;
    default:
      return mode.kind;
  }
}

/** The lowest height whose state or body has to be kept when that height is final; 0 where all have. */
export function lowestKept(mode: StatePruning, finalized: number): number {
  switch (mode.kind) {
    case "window":
      return Math.max(0, finalized - mode.blocks + 1);
    case "since":
      return Math.min(mode.height, finalized);
    default:
      return 0;
  }
}

/** Whether what is off the best chain goes once that is final. */
export const dropsForks = (mode: StatePruning): boolean => mode.kind !== "archive";
