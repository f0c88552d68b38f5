import {type Clock, err, Listeners, type Logger, type Millis, millis, type Result} from "#base";
import type {MeasuredSlot} from "#consensus";
import type {TransactionPool} from "#pool";
import type {Head} from "../chain/blockchain.ts";
import type {ChainTime} from "../time/chain-time.ts";
import type {BlockMaker, MadeBlock, MakeOptions} from "./block-maker.ts";
import {type Complaint, Complaints} from "./complaints.ts";
import type {DemandFailure} from "./failures.ts";
import type {SealMode} from "./seal-mode.ts";

export interface DemandAuthorDependencies {
  readonly maker: BlockMaker;
  readonly pool: TransactionPool;
  readonly clock: Clock;
  readonly time: ChainTime;
  readonly logger: Logger;
  readonly onMade: (block: MadeBlock) => void;
  /** Called with a failure that is a bug: authoring has ended. */
  readonly onFatal: (error: unknown) => void;
}

/** A block that is wished for. */
export interface DemandedBlock extends Pick<MakeOptions, "transactions" | "overrides"> {
  /** Make it even when no transaction waits. */
  readonly createEmpty: boolean;
  /** On this block instead of the best one. */
  readonly parent?: Head;
}

/** Longest that one block made on demand may take to fill. */
const FILL_TIME = 10_000;

/**
 * Makes blocks when asked, when something waits, or every so often; the chain's time then moves to the smallest
 * later slot whose key we hold. Blocks are made one at a time, in the order in which they were asked for.
 */
export class DemandAuthor {
  readonly #deps: DemandAuthorDependencies;
  readonly #mode: SealMode;
  readonly #complaints: Complaints;
  readonly #abort = new AbortController();
  #queue: Promise<unknown> = Promise.resolve();
  #interval: Promise<void> | undefined;
  #instantRunning = false;
  readonly #onTried: Listeners<["block" | "all"]>;
  /** Of the last block made here, on whatever fork: no two of them share one. */
  #last: MeasuredSlot | undefined;
  #unsubscribe: () => void = () => {};

  constructor(mode: SealMode, dependencies: DemandAuthorDependencies) {
    this.#mode = mode;
    this.#deps = dependencies;
    this.#complaints = new Complaints(dependencies.logger);
    this.#onTried = new Listeners(dependencies.onFatal);
  }

  /** Why it makes no blocks at present, if it does not. */
  get complaint(): Complaint | undefined {
    return this.#complaints.current;
  }

  /** On instant seal: blocks are being made of all that waits, or are about to be. */
  get isTryingAll(): boolean {
    return this.#instantRunning;
  }

  /**
   * Called on instant seal when a block is there that was open to transactions, and when all that waits went into blocks as far as it
   * could. Returns how to stop that.
   */
  onTried(listener: (what: "block" | "all") => void): () => void {
    return this.#onTried.add(listener);
  }

  start(): void {
    if (this.#mode.kind === "instant") {
      this.#unsubscribe = this.#deps.pool.onReady(() => this.#sealPending());
    }
    if (this.#mode.kind === "interval") {
      this.#interval = this.#everySoOften(this.#mode.every).catch((error: unknown) => {
        if (!this.#abort.signal.aborted) this.#deps.onFatal(error);
      });
    }
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#abort.abort(new Error("stopping"));
    await this.#interval;
    await this.#queue;
  }

  /** Makes a block now, after those already asked for. */
  createBlock(options: DemandedBlock): Promise<Result<MadeBlock, DemandFailure>> {
    const made = this.#queue.then(() => this.#deps.maker.inTurn(() => this.#create(options)));
    // Who asked gets the exception too, but it is nothing to go on after: the disk has failed, say.
    this.#queue = made.catch((error: unknown) => this.#deps.onFatal(error));
    return made;
  }

  async #create({
    createEmpty,
    parent,
    ...content
  }: DemandedBlock): Promise<Result<MadeBlock, DemandFailure>> {
    const {maker, pool, clock, time, onMade} = this.#deps;
    if (this.#abort.signal.aborted) return err({code: "shutting-down"});
    if (!createEmpty && pool.status.ready === 0) return err({code: "pool-empty"});
    const duration = maker.slotDuration(parent);
    if (!duration.ok) return duration;
    const claim = maker.claim(time.now(), parent, this.#last);
    if (!claim.ok) return claim;
    const begin = maker.startOf(claim.value, duration.value);
    time.atLeast(begin);
    const end = begin + duration.value - 1;
    const deadline = clock.now() + FILL_TIME;
    const made = await maker.make(claim.value, {
      timestamp: millis(Math.min(time.now(), end)),
      hasTime: () => clock.now() < deadline,
      ...content,
    });
    // Its slot was signed for, and is not to be signed for again.
    if (!made.ok && made.error.code !== "judged-invalid") return made;
    this.#last = {slot: claim.value.slot, duration: duration.value};
    if (!made.ok) return made;
    this.#complaints.over();
    onMade(made.value);
    return made;
  }

  /** Goes on until nothing that waits can be included: a rotation block, say, takes no ordinary transaction. */
  #sealPending(): void {
    if (this.#instantRunning) return;
    this.#instantRunning = true;
    // What it throws, the queue of blocks has reported.
    this.#sealAll().catch(() => undefined);
  }

  async #sealAll(): Promise<void> {
    const {pool} = this.#deps;
    try {
      let emptyInARow = 0;
      while (!this.#abort.signal.aborted && pool.status.ready > 0 && emptyInARow < 2) {
        // Of a stream of transactions, so many at once: what a block costs whatever it holds is shared by all of them.
        await pool.whenJudged();
        const made = await this.createBlock({createEmpty: false});
        if (made.ok && !made.value.isClosed) this.#onTried.tell("block");
        // What waited went elsewhere; what came meanwhile found this at work, and is looked for anew.
        if (!made.ok && made.error.code === "pool-empty") continue;
        if (!made.ok) {
          this.#complaints.failed(made.error);
          break;
        }
        const {transactions, isClosed} = made.value;
        // A migration ends with blocks, and what waits then has its turn.
        if (!isClosed) emptyInARow = transactions === 0 ? emptyInARow + 1 : 0;
      }
    } finally {
      // In the same breath as the last look at the pool: what becomes ready from here on starts a new run.
      this.#instantRunning = false;
      this.#onTried.tell("all");
    }
  }

  async #everySoOften(every: Millis): Promise<void> {
    const {clock} = this.#deps;
    let next = millis(clock.now() + every);
    while (!this.#abort.signal.aborted) {
      await clock.until(next, this.#abort.signal);
      const made = await this.createBlock({createEmpty: true});
      if (!made.ok) this.#complaints.failed(made.error);
      next = millis(Math.max(clock.now(), next + every));
    }
  }
}
