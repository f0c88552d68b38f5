/** One kind of what the database holds. */
export interface StoredKindSize {
  readonly kind: string;
  readonly entries: number;
  /** Of keys and values. */
  readonly bytes: number;
}

/** What the chain takes on the disk. */
export interface StorageStatus {
  /** Bytes of the database's file; undefined where nothing is kept. */
  readonly size: number | undefined;
  /** Bytes that may still be written there. */
  readonly freeSpace: number | undefined;
  /** Since the node was started; undefined until that is long enough ago. */
  readonly growth: {readonly bytesPerDay: number; readonly since: number} | undefined;
  /** What of the chain's past is kept. */
  readonly pruning: "archive";
  /** What it is made of, the largest first, as counted then; undefined until it was counted once. */
  readonly composition:
    | {readonly countedAt: number; readonly kinds: readonly StoredKindSize[]}
    | undefined;
  readonly isCounting: boolean;
}

export interface StorageQuestions {
  /** Begins to count anew where the last count is old. */
  status(): StorageStatus;
}
