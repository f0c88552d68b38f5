import type {BlockRecord} from "./block-record.ts";
import type {BlockRef, BlockStore} from "./block-store.ts";
import type {HistoryGap} from "./history-gap.ts";
import type {Pruning} from "./pruning.ts";

/** What of the chain has to be there, so that its absence is damage. */
export interface Expected {
  /** Whether there is a block of the best chain at a height. */
  canonical(number: number): boolean;
  body(record: BlockRecord): boolean;
  record(hash: Uint8Array): boolean;
}

/** Of a chain that is only just written. */
export const NOTHING_EXPECTED: Expected = {
  canonical: () => false,
  body: () => false,
  record: () => false,
};

export interface ExpectedParts {
  /** Of a store that is only just opened, undefined. */
  readonly ends: () => {
    readonly best: BlockRef | undefined;
    readonly finalized: BlockRef | undefined;
    readonly gap: HistoryGap | undefined;
    readonly first: BlockRef | undefined;
  };
  readonly blocks: Pick<BlockStore, "isCanonical">;
  readonly known: (hash: Uint8Array) => boolean;
  readonly pruning: () => Pick<Pruning, "hasBody">;
}

/** By where the chain begins and ends, what it leapt over and what was removed of it. */
export function expectedRows({ends, blocks, known, pruning}: ExpectedParts): Expected {
  return {
    canonical(number) {
      const {best, gap, first} = ends();
      if (best === undefined || number > best.number) return false;
      if (first !== undefined && number > 0 && number < first.number) return false;
      return gap === undefined || number <= gap.above || number >= gap.below.number;
    },
    body: record => pruning().hasBody(record, () => blocks.isCanonical(record)),
    // Until it is open, who looks for a block knows that it has to be there.
    record: hash => ends().finalized !== undefined && known(hash),
  };
}
