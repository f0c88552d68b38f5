import {setImmediate as nextTurn} from "node:timers/promises";
import type {Clock} from "#base";

/** What one client may take of the only thread before others have theirs, in milliseconds. */
const SLICE = 5;

/**
 * One client's share of the thread. A single call may take longer, since calls are not cut in two; but after it, and
 * after any number of short ones, everybody else is asked first: other clients, peers, the author of the next block.
 */
export class Turn {
  readonly #clock: Pick<Clock, "now">;
  #endsAt: number | undefined;
  #next: Promise<void> | undefined;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** Asked before each piece of work; the first time in a turn it begins. */
  get isOver(): boolean {
    const now = this.#clock.now();
    if (this.#endsAt === undefined) {
      this.#endsAt = now + SLICE;
      void this.next();
    }
    return now >= this.#endsAt;
  }

  /** Resolves when the others have had theirs. */
  next(): Promise<void> {
    this.#next ??= nextTurn().then(() => {
      this.#endsAt = undefined;
      this.#next = undefined;
    });
    return this.#next;
  }
}
