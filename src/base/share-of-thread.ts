import type {Clock} from "./clock.ts";
import {err, ok, type Result} from "./result.ts";
import {millis} from "./units.ts";

export interface ShareOfThreadOptions {
  /** Of the thread's time, above 0 and at most 1. */
  readonly share: number;
  /** Milliseconds that a piece may take without a pause after it. */
  readonly free?: number;
  /** Pieces of work that may wait for their turn. */
  readonly mostWaiting: number;
}

/**
 * Work that strangers ask for and whose cost nobody knows beforehand: one piece at a time, in the order in which it came, and
 * after each a pause in which the rest of the node has the thread, so long that all of it together takes up no more than a
 * share. What is short is not seen to wait.
 */
export class ShareOfThread {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #options: ShareOfThreadOptions;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  /** `signal`: ends all that waits. */
  constructor(clock: Clock, options: ShareOfThreadOptions, signal: AbortSignal) {
    this.#clock = clock;
    this.#options = options;
    this.#signal = signal;
  }

  /**
   * What the work comes to. `crowded`: too many wait already. `gone`: whoever asked is, or all is over; nothing was done.
   */
  async run<T>(work: () => T, asker?: AbortSignal): Promise<Result<T, "crowded" | "gone">> {
    if (this.#waiting >= this.#options.mostWaiting) return err("crowded");
    this.#waiting++;
    const before = this.#last;
    let leave!: () => void;
    this.#last = new Promise(resolve => {
      leave = resolve;
    });
    await before;
    this.#waiting--;
    if (this.#signal.aborted || asker?.aborted) {
      leave();
      return err("gone");
    }
    const began = this.#clock.now();
    try {
      return ok(work());
    } finally {
      const {share, free = 0} = this.#options;
      const ended = this.#clock.now();
      const took = ended - began;
      const pause = took > free ? (took * (1 - share)) / share : 0;
      void this.#clock.until(millis(ended + pause), this.#signal).then(leave, leave);
    }
  }
}
