/**
 * Milliseconds of work after which others have their turn: a slot is begun within them, and a share of work so small is
 * not seen in answers.
 */
const SLICE = 4;

export interface Thread {
  /** Milliseconds, from any moment on. */
  readonly now: () => number;
  /** Lets timers, sockets and other work have their turn. */
  readonly yieldThread: () => Promise<void>;
}

/** Cuts long work into slices by time, since what one piece of it costs depends on what is remembered. */
export class TimeSlices {
  readonly #thread: Thread;
  #since: number;

  constructor(thread: Thread) {
    this.#thread = thread;
    this.#since = thread.now();
  }

  /** Whether it is others' turn: then `rest` is to be awaited. */
  get isOver(): boolean {
    return this.#thread.now() - this.#since >= SLICE;
  }

  async rest(): Promise<void> {
    await this.#thread.yieldThread();
    this.#since = this.#thread.now();
  }
}
