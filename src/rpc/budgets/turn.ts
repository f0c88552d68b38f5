import type {Clock} from "#base";
import type {SharedThread} from "./shared-thread.ts";

/** What one client may take of the only thread before others have theirs, in milliseconds. */
const SLICE = 5;

/**
 * One client's share of the thread. A single piece of work may take longer, since it is not cut in two; but after it,
 * and after any number of short ones, everybody else is asked first: other clients, peers, the author of the next block.
 */
export class Turn {
  readonly #clock: Pick<Clock, "now">;
  readonly #thread: SharedThread;
  readonly #client: object;
  #endsAt: number | undefined;
  #next: Promise<void> | undefined;

  /** `client`: whose turn it is, among all that share the thread. */
  constructor(clock: Pick<Clock, "now">, thread: SharedThread, client: object) {
    this.#clock = clock;
    this.#thread = thread;
    this.#client = client;
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
    this.#next ??= this.#thread.next(this.#client).then(() => {
      this.#endsAt = undefined;
      this.#next = undefined;
    });
    return this.#next;
  }
}
