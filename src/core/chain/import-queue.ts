import {
  BoundedQueue,
  bytesToHex,
  type Clock,
  err,
  formatReport,
  type Logger,
  millis,
  type Report,
  type Result,
} from "#base";
import {FUTURE_SLOT_TOLERANCE, slotStart} from "#consensus";
import type {Hash, Header} from "#primitives";
import type {BlockImporter, Imported, ImportFailure} from "./block-importer.ts";
import type {BlocksUnderWay} from "./blocks-under-way.ts";
import type {BlockOrigin} from "./chain-events.ts";
import type {SlotTimes} from "./slot-times.ts";

/** A block that waits to be imported, and who wants to know what becomes of it. */
export interface QueuedBlock {
  readonly hash: Hash;
  readonly header: Header;
  readonly body: readonly Uint8Array[];
  readonly origin: BlockOrigin;
  done(outcome: Result<Imported, ImportFailure | {readonly code: "queue-full"}>): void;
}

export interface ImportQueueDependencies {
  readonly importer: Pick<BlockImporter, "import">;
  readonly chain: {room(): Promise<void>};
  /** Steady. */
  readonly clock: Clock;
  /** Of the chain: by which a block is of the future. */
  readonly time: Pick<Clock, "now"> & {readonly rate?: number};
  readonly logger: Logger;
  readonly slots: Pick<SlotTimes, "durationOf">;
  /** Lets timers, sockets and other work have their turn between two blocks. */
  readonly yieldThread: () => Promise<void>;
  /** Told of what waits here and what becomes of it. */
  readonly underWay?: Pick<BlocksUnderWay, "came" | "ended">;
  /** Told how many milliseconds it took to check, execute and keep a block, and how many transactions there are in it. */
  readonly onImported?: (took: number, transactions: number) => void;
  /** Called with a failure that is a bug or a broken disk: nothing is imported any more. */
  readonly onFatal: (error: unknown) => void;
}

/** Twice what a sync hands on at most. */
const CAPACITY = 4_096;
/** Blocks of the near future set aside at once: a few authors with fast clocks. */
const MAX_SET_ASIDE = 64;

/** Imports blocks one after the other, in the order in which they came; those of the near future at their time. */
export class ImportQueue {
  readonly #deps: ImportQueueDependencies;
  readonly #queue = new BoundedQueue<QueuedBlock>(CAPACITY);
  readonly #abort = new AbortController();
  #setAside = 0;
  #running: Promise<void> | undefined;

  constructor(dependencies: ImportQueueDependencies) {
    this.#deps = dependencies;
  }

  push(block: QueuedBlock): void {
    if (!this.#queue.push(block)) {
      block.done(err({code: "queue-full"}));
      return;
    }
    this.#deps.underWay?.came(block.hash, block.header);
    this.#run();
  }

  /** Waits for the block under way; the others are left. */
  async stop(): Promise<void> {
    this.#abort.abort(new Error("stopping"));
    await this.#running;
  }

  #run(): void {
    this.#running ??= this.#drain()
      .catch((error: unknown) => this.#deps.onFatal(error))
      .finally(() => {
        this.#running = undefined;
        if (this.#queue.length > 0 && !this.#abort.signal.aborted) this.#run();
      });
  }

  async #drain(): Promise<void> {
    const {chain, yieldThread} = this.#deps;
    for (;;) {
      const block = this.#queue.shift();
      if (block === undefined || this.#abort.signal.aborted) return;
      await chain.room();
      await this.#import(block);
      await yieldThread();
    }
  }

  async #import(block: QueuedBlock): Promise<void> {
    const {importer, clock, onImported, underWay} = this.#deps;
    const began = clock.now();
    const outcome = await importer.import(block.header, block.body, block.origin);
    underWay?.ended(block.hash);
    if (outcome.ok && !outcome.value.wasKnown) {
      onImported?.(clock.now() - began, block.body.length);
    }
    if (
      !outcome.ok &&
      outcome.error.code === "slot-in-future" &&
      this.#keepForLater(block, outcome.error)
    ) {
      return;
    }
    if (!outcome.ok && outcome.error.code === "given-up") this.#tellGivenUp(block, outcome.error);
    if (outcome.ok) outcome.value.written.catch(this.#deps.onFatal);
    block.done(outcome);
  }

  #tellGivenUp(
    {hash, header: {number}}: QueuedBlock,
    {reason, rest}: ImportFailure & {code: "given-up"},
  ): void {
    const report: Report = {
      code: "block-given-up",
      what: `block ${number} could not be executed to its end: ${reason}`,
      facts: [["block", bytesToHex(hash)]],
      did: `set it aside; it is not tried again for ${Math.ceil(rest / 1_000)} s, and nobody is blamed`,
      todo: "if others go on from it, this machine is too slow or too busy, or its runtime a fault of this program: report these lines",
    };
    this.#deps.logger.log("warn", "import", formatReport(report));
  }

  /** Sets a block aside until its slot begins, if that is soon. */
  #keepForLater(block: QueuedBlock, {slot}: ImportFailure & {code: "slot-in-future"}): boolean {
    const {clock, time, slots, logger} = this.#deps;
    const begins = slotStart(slot, slots.durationOf(block.header));
    const ahead = (begins - time.now()) / (time.rate ?? 1);
    if (ahead > FUTURE_SLOT_TOLERANCE || this.#setAside >= MAX_SET_ASIDE) return false;
    this.#setAside++;
    logger.log("debug", "import", "block of a coming slot set aside", {slot, ahead});
    // As long as it is now: a clock that is set meanwhile keeps nobody waiting. What comes too early waits again.
    clock.until(millis(clock.now() + ahead), this.#abort.signal).then(
      () => {
        this.#setAside--;
        this.push(block);
      },
      // Stopping: nobody waits for the block any more.
      () => undefined,
    );
    return true;
  }
}
