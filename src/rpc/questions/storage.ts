import type {Result} from "#base";

/** One kind of what the database holds. */
export interface StoredKindSize {
  readonly kind: string;
  readonly entries: number;
  /** Of keys and values. */
  readonly bytes: number;
}

/** Heights of the best chain, both ends inclusive. */
export interface KeptHeights {
  readonly from: number;
  readonly to: number;
}

/** What of the chain's past is kept. */
export interface PruningStatus {
  /** As `--state-pruning` and `--blocks-pruning` have it. */
  readonly states: string;
  readonly blocks: string;
  /** Pallets whose storage can be read at all heights. */
  readonly pallets: readonly string[];
  readonly kept: {
    readonly headers: readonly KeptHeights[];
    readonly bodies: readonly KeptHeights[];
    readonly states: readonly KeptHeights[];
  };
  /** States that count as gone and are still to be removed. */
  readonly statesToRemove: number;
  /** Since the database was begun: nodes and values of states, and bytes of all that went. */
  readonly entriesRemoved: number;
  readonly bytesRemoved: number;
}

/** What is to be kept from now on; what is left out stays as it is. A reason in words where it cannot be understood. */
export interface PruningChange {
  readonly states?: string | undefined;
  readonly blocks?: string | undefined;
  readonly pallets?: readonly string[] | undefined;
}

/** What the chain takes on the disk. */
export interface StorageStatus {
  /** Bytes of the database's file; undefined where nothing is kept. */
  readonly size: number | undefined;
  /** Bytes that may still be written there. */
  readonly freeSpace: number | undefined;
  /** Since the node was started; undefined until that is long enough ago. */
  readonly growth: {readonly bytesPerDay: number; readonly since: number} | undefined;
  readonly pruning: PruningStatus;
  /** What it is made of, the largest first, as counted then; undefined until it was counted once. */
  readonly composition:
    | {readonly countedAt: number; readonly kinds: readonly StoredKindSize[]}
    | undefined;
  readonly isCounting: boolean;
  /** What was found damaged so far by looking at all of it in turn, in words; and when that was last done (unix ms). */
  readonly damages: readonly string[];
  readonly lookedThroughAt: number | undefined;
  /** How many that were found since the start were mended. */
  readonly mended: number;
  /** The sorted map of the newest states that RPC reads by; undefined where the state is too small for one, or nothing is kept. */
  readonly index: StateIndexStatus | undefined;
}

export interface StateIndexStatus {
  /** Whether states are read by it; else it is made, or brought up to the chain. */
  readonly isReady: boolean;
  /** Blocks of rows, and bytes of memory for where they begin and what lies over them. */
  readonly blocks: number;
  readonly bytes: number;
  /** Ranges of rows that are damaged and still to be made again, and how many were. */
  readonly damaged: number;
  readonly repaired: number;
}

export interface StorageQuestions {
  /** Begins to count anew where the last count is old. */
  status(): StorageStatus;
  pruning(): PruningStatus;
  setPruning(change: PruningChange): Result<PruningStatus, string>;
  /** Somebody came upon something damaged, and was refused; it is looked at next. */
  cameUpon(damage: Error): void;
}
