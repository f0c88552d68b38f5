import {
  type BinaryString,
  bytesToBinary,
  err,
  Listeners,
  ok,
  type Result,
  reportFault,
} from "#base";
import {type Hash, isWellFramed, type TransactionSource} from "#primitives";
import {BanList} from "./ban-list.ts";
import type {TransactionPoolDependencies} from "./dependencies.ts";
import {FutureQueue} from "./future-queue.ts";
import {isLasting, Judge, type Submitted} from "./judge.ts";
import {DEFAULT_POOL_LIMITS, POOL_WORK, type PoolLimits} from "./limits.ts";
import {nothingCounted, type PoolCounts} from "./pool-counts.ts";
import {hasSameTags, type PoolTransaction, type Tag} from "./pool-transaction.ts";
import {type BestTransactions, ReadyQueue} from "./ready-queue.ts";
import {RecentBlocks} from "./recent-blocks.ts";
import type {SubmitFailure} from "./submit-failure.ts";
import {type Turn, Turns} from "./turns.ts";
import {UnderWay} from "./under-way.ts";
import {type StatusListener, Watchers} from "./watchers.ts";

/**
 * What waits to be included. The runtime says whether a transaction is valid and which tags it needs and gives;
 * the pool orders by these and never looks into a transaction.
 */
export class TransactionPool {
  readonly #deps: TransactionPoolDependencies;
  readonly #limits: PoolLimits;
  readonly #ready = new ReadyQueue();
  readonly #future = new FutureQueue();
  readonly #bans: BanList;
  readonly #watchers: Watchers;
  readonly #validating = new Set<BinaryString>();
  readonly #turns = new Turns();
  readonly #judge: Judge;
  readonly #comingBack = new UnderWay();
  readonly #recent = new RecentBlocks(POOL_WORK.prunedBlocks);
  readonly counts: PoolCounts = nothingCounted();
  #isStopped = false;
  readonly #onReady: Listeners<[]>;
  readonly #onAccepted: Listeners<[transaction: PoolTransaction]>;

  constructor(limits: Partial<PoolLimits>, dependencies: TransactionPoolDependencies) {
    this.#deps = dependencies;
    // A client that watches, or a peer that is told, must not cost another one the news, or the pool its order.
    const onFault = (fault: unknown) => reportFault(dependencies.logger, "pool", fault);
    this.#watchers = new Watchers(onFault);
    this.#onReady = new Listeners(onFault);
    this.#onAccepted = new Listeners(onFault);
    this.#limits = {...DEFAULT_POOL_LIMITS, ...limits};
    this.#bans = new BanList(dependencies.clock);
    this.#judge = new Judge(dependencies.validate, this.counts);
  }

  get status(): {ready: number; future: number; readyBytes: number; futureBytes: number} {
    return {
      ready: this.#ready.size,
      future: this.#future.size,
      readyBytes: this.#ready.bytes,
      futureBytes: this.#future.bytes,
    };
  }

  /** Called whenever something has become ready. Returns how to stop that. */
  onReady(listener: () => void): () => void {
    return this.#onReady.add(listener);
  }

  /** Called with each transaction that is taken in, ready or not. Returns how to stop that. */
  onAccepted(listener: (transaction: PoolTransaction) => void): () => void {
    return this.#onAccepted.add(listener);
  }

  #has(id: BinaryString): boolean {
    return this.#ready.get(id) !== undefined || this.#future.get(id) !== undefined;
  }

  /** In the order in which they should go into a block. */
  best(): BestTransactions {
    return this.#ready.inOrder();
  }

  /** Resolves when all that is being judged at this moment is taken in or refused; what comes later is not waited for. */
  readonly whenJudged = (): Promise<void> => this.#turns.allBefore();

  /** Takes a transaction in. With a listener, it is told all that becomes of it, from its first status on. */
  async submit(
    source: TransactionSource,
    bytes: Uint8Array,
    listener?: StatusListener,
  ): Promise<Result<{hash: Hash; unwatch: () => void}, SubmitFailure>> {
    if (!isWellFramed(bytes)) {
      return err({code: "malformed", reason: "the length prefix does not fit the bytes"});
    }
    this.counts.submitted++;
    const hash = this.#deps.hash(bytes);
    const id = bytesToBinary(hash);
    if (this.#bans.isBanned(id)) return err({code: "temporarily-banned"});
    const known = this.#ready.get(id) ?? this.#future.get(id);
    if (known !== undefined || this.#validating.has(id)) {
      return err({code: "already-imported", hash});
    }
    if (this.#validating.size >= POOL_WORK.validating) return err({code: "immediately-dropped"});
    this.#validating.add(id);
    const {enacted} = this.#recent;
    const turn = this.#turns.next();
    try {
      const transaction = await this.#validate(source, {hash, id, bytes}, turn);
      // A block may have taken another copy of it meanwhile.
      if (this.#recent.tookSince(enacted, id)) return err({code: "already-imported", hash});
      if (!transaction.ok) {
        if (isLasting(transaction.error)) this.#bans.ban(id);
        this.#endOf(id, transaction.error);
        return transaction;
      }
      const unwatch = listener === undefined ? () => {} : this.#watchers.watch(id, listener);
      const taken = this.#take(transaction.value);
      if (!taken.ok) {
        unwatch();
        this.#endOf(id, taken.error);
        return taken;
      }
      return ok({hash, unwatch});
    } finally {
      turn.leave();
      this.#validating.delete(id);
    }
  }

  /**
   * Asks the runtime, then waits for its turn: signatures are checked on several threads, and a sender's next transaction must
   * not overtake the one before it, or a long queue of one sender overflows the future ones. Asks once more where the chain may
   * have moved on in a way that matters. What the transaction waits for may be in a block by now, and nobody would ever provide
   * it again; what it is to replace may be in one on its way to the disk, not to be called usurped, or of a runtime before this one.
   */
  async #validate(
    source: TransactionSource,
    submitted: Submitted,
    {come}: Turn,
  ): Promise<Result<PoolTransaction, SubmitFailure>> {
    const before = this.#recent.enacted;
    const first = await this.#judge.ask(source, submitted);
    if (!first.ok) return first;
    await come;
    const {requires, provides} = first.value;
    const rivals = this.#ready.providersOf(provides);
    for (const rival of rivals) await this.#revalidate(rival);
    const isStuck =
      this.#recent.enacted !== before && !requires.every(tag => this.#isProvided(tag));
    const isOutdated = first.value.era !== this.#judge.era;
    return isStuck || isOutdated || rivals.length > 0 ? this.#judge.ask(source, submitted) : first;
  }

  /**
   * The best chain goes on with another runtime, for which each verdict so far is another's: what was refused may be tried
   * again, and what waits is judged anew, in slices. Transactions signed for the version before are not left to wait.
   */
  runtimeChanged(): void {
    this.#judge.runtimeChanged();
    this.#bans.clear();
    this.#revalidateAll(this.#judge.era).catch((error: unknown) => {
      this.#deps.logger.log("error", "txpool", "what waits was not judged anew", {error});
    });
  }

  /** Forgets what waits, and what was refused: the chain begins anew. */
  clear(): void {
    for (const one of [...this.#ready.all(), ...this.#future.all()]) this.#remove(one, "dropped");
    this.#bans.clear();
  }

  /** Judges nothing anew any more: the node stops. */
  stop(): void {
    this.#isStopped = true;
  }

  async #revalidateAll(era: number): Promise<void> {
    let judgedInOneGo = 0;
    for (const transaction of [...this.#ready.inOrder(), ...this.#future.all()]) {
      if (++judgedInOneGo % POOL_WORK.slice === 0) await this.#deps.yieldThread();
      if (this.#judge.era !== era || this.#isStopped) return;
      await this.#revalidate(transaction);
    }
  }

  async #revalidate(known: PoolTransaction): Promise<void> {
    const anew = await this.#judge.askAgain(known);
    const isHere = (this.#ready.get(known.id) ?? this.#future.get(known.id)) === known;
    if (!isHere || anew === undefined) return;
    if (!anew.ok) this.#remove(known, anew.error.code === "invalid" ? "invalid" : "dropped");
    else if (hasSameTags(known, anew.value)) this.#replace(known, anew.value);
    else this.#remove(known, "dropped");
  }

  /** The same transaction, with what another runtime says of it. */
  #replace(known: PoolTransaction, anew: PoolTransaction): void {
    if (this.#ready.get(known.id) === undefined) {
      this.#future.replace(anew);
    } else {
      this.#ready.remove(known);
      this.#ready.insert(anew);
    }
  }

  #take(transaction: PoolTransaction): Result<void, SubmitFailure> {
    if (transaction.requires.some(tag => transaction.provides.includes(tag))) {
      return err({code: "cycle-detected"});
    }
    const missing = transaction.requires.filter(tag => !this.#isProvided(tag));
    if (missing.length > 0) {
      this.#future.insert(transaction, missing);
      this.#watchers.tell(transaction.id, {kind: "future"});
    } else {
      const inserted = this.#insertReady(transaction);
      if (!inserted.ok) return inserted;
    }
    this.#enforceLimits();
    const stays = this.#ready.get(transaction.id) ?? this.#future.get(transaction.id);
    if (stays === undefined) return err({code: "immediately-dropped"});
    this.#onAccepted.tell(transaction);
    return ok();
  }

  #isProvided(tag: Tag): boolean {
    return this.#ready.provides(tag) || this.#recent.provides(tag);
  }

  /** Makes it ready, in place of what provides the same for less, and then all that waited for it. */
  #insertReady(transaction: PoolTransaction): Result<void, SubmitFailure> {
    const rivals = this.#ready.providersOf(transaction.provides);
    const old = rivals.reduce((sum, rival) => sum + rival.priority, 0n);
    if (rivals.length > 0 && transaction.priority <= old) {
      return err({code: "priority-too-low", old, new: transaction.priority});
    }
    for (const rival of rivals) {
      this.#ready.remove(rival);
      this.#watchers.tell(rival.id, {kind: "usurped", by: transaction.hash});
    }
    this.#ready.insert(transaction);
    this.#watchers.tell(transaction.id, {kind: "ready"});
    this.#promote(transaction.provides);
    this.#onReady.tell();
    return ok();
  }

  #promote(tags: readonly Tag[]): void {
    for (const transaction of this.#future.satisfy(tags)) {
      const inserted = this.#insertReady(transaction);
      if (!inserted.ok) this.#watchers.tell(transaction.id, {kind: "dropped"});
    }
  }

  #enforceLimits(): void {
    const {readyCount, readyBytes, futureCount, futureBytes} = this.#limits;
    while (this.#ready.size > readyCount || this.#ready.bytes > readyBytes) {
      const worst = this.#ready.worst();
      if (worst === undefined) break;
      this.#removeReady(worst, "dropped");
    }
    while (this.#future.size > futureCount || this.#future.bytes > futureBytes) {
      const oldest = this.#future.oldest();
      if (oldest === undefined) break;
      this.#future.remove(oldest.id);
      this.#watchers.tell(oldest.id, {kind: "dropped"});
    }
  }

  /** Removes a ready transaction and those that cannot be without it. */
  #removeReady(transaction: PoolTransaction, kind: "dropped" | "invalid"): PoolTransaction[] {
    const removed = this.#ready.withDependents(transaction);
    for (const one of removed) {
      this.#ready.remove(one);
      this.#watchers.tell(one.id, {kind});
    }
    return removed;
  }

  /** Takes transactions out by hash and refuses them for a while; returns the hashes of what was there. */
  remove(hashes: readonly Hash[], kind: "dropped" | "invalid" = "dropped"): Hash[] {
    return hashes.flatMap(hash => {
      const id = bytesToBinary(hash);
      this.#bans.ban(id);
      const known = this.#ready.get(id) ?? this.#future.get(id);
      return known === undefined ? [] : this.#remove(known, kind).map(one => one.hash);
    });
  }

  #remove(transaction: PoolTransaction, kind: "dropped" | "invalid"): PoolTransaction[] {
    if (this.#future.remove(transaction.id) === undefined) {
      return this.#removeReady(transaction, kind);
    }
    this.#watchers.tell(transaction.id, {kind});
    return [transaction];
  }

  /**
   * A block joined the best chain: what it holds leaves the pool, what it unblocks becomes ready, what is too old
   * or contradicts it goes. `foreignTags`: those provided by its transactions that were not in the pool, which it is given.
   */
  blockEnacted(
    block: {hash: Hash; number: number; body: readonly Uint8Array[]},
    foreignTags: (unknown: readonly Uint8Array[]) => readonly Uint8Array[] = () => [],
  ): void {
    this.counts.blockTransactionsPruned += block.body.length;
    const ids = block.body.map(bytes => bytesToBinary(this.#deps.hash(bytes)));
    const unknown = block.body.filter((_, i) => !this.#has(ids[i]!));
    const tags = new Set<Tag>(foreignTags(unknown).map(bytesToBinary));
    for (const id of ids) {
      const known = this.#ready.get(id) ?? this.#future.remove(id);
      if (known === undefined) continue;
      this.#ready.remove(known);
      for (const tag of known.provides) tags.add(tag);
    }
    this.#watchers.included(block, ids);
    this.#recent.add({ids: new Set(ids), tags});
    const provided = [...tags];
    for (const rival of this.#ready.providersOf(provided)) {
      this.#ready.remove(rival);
      this.#watchers.tell(rival.id, {kind: "invalid"});
    }
    this.#promote(provided);
    this.#expire(block.number);
  }

  #expire(number: number): void {
    for (const transaction of [...this.#ready.all()]) {
      if (transaction.validTill <= number) this.#removeReady(transaction, "invalid");
    }
    for (const transaction of this.#future.all()) {
      if (transaction.validTill > number) continue;
      this.#future.remove(transaction.id);
      this.#watchers.tell(transaction.id, {kind: "invalid"});
    }
  }

  /**
   * A block left the best chain: its transactions come back, as far as they are still valid. `body`: those of them that
   * no block of the new best chain holds. `isGivenUp`: none is to come back, and whoever watches one is told so.
   */
  blockRetracted(block: {
    hash: Hash;
    body: readonly Uint8Array[];
    isGivenUp?: boolean | undefined;
  }): void {
    const watched = this.#watchers.retracted(block.hash);
    this.#recent.forget();
    if (block.isGivenUp === true) {
      for (const id of watched) this.#watchers.tell(id, {kind: "dropped"});
      return;
    }
    for (const bytes of block.body) {
      const id = bytesToBinary(this.#deps.hash(bytes));
      const back = this.submit("InBlock", bytes).then(
        result => {
          if (result.ok) return;
          const reason = result.error.code;
          this.#deps.logger.log("debug", "txpool", "retracted transaction not taken", {reason});
          this.#endOf(id, result.error);
        },
        (error: unknown) => {
          this.#deps.logger.log("error", "txpool", "resubmission failed", {error});
          this.#watchers.tell(id, {kind: "dropped"});
        },
      );
      this.#comingBack.add(back);
    }
  }

  /**
   * Reads when all that blocks gave back is in here again, or found to be no good any more. Before that neither the best block's
   * state nor the pool knows of it.
   */
  whenAllBack<T>(read: () => T): Promise<T> {
    return this.#comingBack.whenOver(read);
  }

  /**
   * Whoever watches a transaction that was not taken (back) hears its last word, unless it is here all the same: another
   * copy of it, a block that holds it, or one more copy whose validation is under way and will say.
   */
  #endOf(id: BinaryString, {code}: SubmitFailure): void {
    const isHere = this.#ready.get(id) !== undefined || this.#future.get(id) !== undefined;
    if (code === "already-imported" || isHere || this.#watchers.isIncluded(id)) return;
    this.#watchers.tell(id, {kind: code === "invalid" ? "invalid" : "dropped"});
  }

  /** A block of this height became final. */
  blockFinalized(number: number): void {
    this.#watchers.finalized(number);
  }

  /** Whether the transaction was handed on to these peers, for those who watch it. */
  broadcast(hash: Hash, peers: readonly string[]): void {
    this.#watchers.tell(bytesToBinary(hash), {kind: "broadcast", peers});
  }
}
