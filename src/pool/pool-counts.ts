/** What a pool has done since it began, each number growing only. Substrate's nodes count the same. */
export interface PoolCounts {
  /** Transactions handed in, by clients, peers and blocks that left the best chain. */
  submitted: number;
  /** Questions to the runtime whether a transaction is valid. */
  validationsScheduled: number;
  validationsFinished: number;
  /** Of those, the ones that another thread answered. */
  validatedElsewhere: number;
  /** Of the answered, the ones that it said no to. */
  validationsInvalid: number;
  /** Transactions of blocks of the best chain: each leaves the pool if it is there. */
  blockTransactionsPruned: number;
}

export const nothingCounted = (): PoolCounts => ({
  submitted: 0,
  validationsScheduled: 0,
  validationsFinished: 0,
  validatedElsewhere: 0,
  validationsInvalid: 0,
  blockTransactionsPruned: 0,
});
