import type {Result} from "#base";
import type {SubmitFailure, TransactionStatus} from "#pool";
import type {Hash, OpaqueExtrinsic} from "#primitives";
import type {Stop} from "./chain.ts";

export interface PooledTransaction {
  readonly hash: Hash;
  readonly bytes: OpaqueExtrinsic;
  /** Tags; a signed transaction's first is SCALE of its account and nonce. */
  readonly provides: readonly Uint8Array[];
}

export interface PoolQuestions {
  /** Takes a transaction from a client and says its hash: BLAKE2b-256 of the bytes. */
  submit(extrinsic: OpaqueExtrinsic): Promise<Result<Hash, SubmitFailure>>;
  /**
   * As `submit`, and tells of every status, the first included, until the last one or `Stop`. Statuses may come
   * before the promise is settled. When it settles with a failure there were none. `isAtOnce`: it is settled when the pool has
   * the transaction, where it would else be when its block is there: nobody waits for this answer.
   */
  watch(
    extrinsic: OpaqueExtrinsic,
    onStatus: (status: TransactionStatus) => void,
    options?: {readonly isAtOnce?: boolean},
  ): Promise<Result<Stop, SubmitFailure>>;
  /** Reads when what a change of forks gave back waits again, or is found to be no good: before that nothing counts it. */
  whenAllBack<T>(read: () => T): Promise<T>;
  /** Those that could be in the next block, in the order in which they would be. */
  ready(): Iterable<PooledTransaction>;
  /** Takes these out and bans them for a while; answers those that were there. */
  remove(transactions: readonly Hash[]): readonly Hash[];
}
