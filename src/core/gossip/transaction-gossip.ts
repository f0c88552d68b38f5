import {type Clock, type Logger, millis} from "#base";
import type {PeerId, ReportReason} from "#network";
import type {TransactionPool} from "#pool";
import type {Hash} from "#primitives";

export interface TransactionGossipDependencies {
  readonly pool: TransactionPool;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly isMajorSyncing: () => boolean;
  readonly peers: () => readonly PeerId[];
  /** Sends what the peer is not known to have, and nothing to light clients; false when nothing was sent. */
  send(peer: PeerId, extrinsics: readonly Uint8Array[]): boolean;
  report(peer: PeerId, reason: ReportReason): void;
}

/** Between two looks at the whole pool: what a peer missed, or came before it did (spec/network §1.4). */
const SWEEP_PERIOD = 2_900;
/** Transactions of one message are few enough to be validated between two blocks. */
const MOST_PER_MESSAGE = 256;

/**
 * Passes transactions on: each to every full peer that is not known to have it, as soon as the pool takes it, and
 * again from time to time for those who came later. Nobody gets any while we catch up: we could not tell good from
 * stale.
 */
export class TransactionGossip {
  readonly #deps: TransactionGossipDependencies;
  readonly #abort = new AbortController();
  readonly #unsubscribe: () => void;

  constructor(dependencies: TransactionGossipDependencies) {
    this.#deps = dependencies;
    this.#unsubscribe = dependencies.pool.onAccepted(({hash, bytes, propagate}) => {
      if (propagate) this.#offer([{hash, bytes}]);
    });
  }

  start(): void {
    this.#sweep().catch((error: unknown) => {
      if (this.#abort.signal.aborted) return;
      this.#deps.logger.log("error", "txpool", "transactions are no longer passed on", {error});
    });
  }

  stop(): void {
    this.#unsubscribe();
    this.#abort.abort(new Error("stopping"));
  }

  /** Takes in what a peer sent; resolves when all of it has been looked at. */
  async received(peer: PeerId, extrinsics: readonly Uint8Array[]): Promise<void> {
    const {pool, report, isMajorSyncing} = this.#deps;
    if (isMajorSyncing()) return;
    await Promise.all(
      extrinsics.map(async bytes => {
        report(peer, "transaction");
        const taken = await pool.submit("External", bytes);
        if (taken.ok) report(peer, "transaction-new");
        else if (taken.error.code === "malformed") report(peer, "transaction-invalid");
        // Known, stale or too many: good when it was sent, or no fault of the sender.
        else report(peer, "transaction-refund");
      }),
    );
  }

  async #sweep(): Promise<void> {
    const {clock, pool} = this.#deps;
    for (;;) {
      await clock.until(millis(clock.now() + SWEEP_PERIOD), this.#abort.signal);
      this.#offer(pool.best());
    }
  }

  #offer(transactions: Iterable<{readonly hash: Hash; readonly bytes: Uint8Array}>): void {
    const {peers, send, pool, isMajorSyncing} = this.#deps;
    const targets = peers();
    if (targets.length === 0 || isMajorSyncing()) return;
    const all = [...transactions];
    for (let i = 0; i < all.length; i += MOST_PER_MESSAGE) {
      const some = all.slice(i, i + MOST_PER_MESSAGE);
      const bytes = some.map(transaction => transaction.bytes);
      const told = targets.filter(peer => send(peer, bytes));
      if (told.length > 0) for (const {hash} of some) pool.broadcast(hash, told);
    }
  }
}
