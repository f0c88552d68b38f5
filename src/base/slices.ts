import type {Clock} from "./clock.ts";

/**
 * Milliseconds for which long work has the thread before others have it: an answer that waits for a slice, and for what else
 * came during it, is still there within 20, which is what clients are to see of a node whose blocks are full.
 */
const LENGTH = 8;

export interface SlicesDependencies {
  /** Steady. */
  readonly clock: Pick<Clock, "now">;
  /** Lets timers, sockets and other work have their turn. */
  readonly yieldThread: () => Promise<void>;
}

/**
 * One piece of long work on the one thread, in slices: after each, what waits has its turn. By time, since what a part of it costs
 * depends on what is remembered.
 */
export class Slices {
  readonly #deps: SlicesDependencies;
  readonly #length: number;
  #began: number;

  /** `length`: in milliseconds. */
  constructor(dependencies: SlicesDependencies, length = LENGTH) {
    this.#deps = dependencies;
    this.#length = length;
    this.#began = dependencies.clock.now();
  }

  /** Others are to have the thread now. */
  get isOver(): boolean {
    return this.#deps.clock.now() - this.#began >= this.#length;
  }

  /** Lets them, and begins the next one. */
  async next(): Promise<void> {
    await this.#deps.yieldThread();
    this.#began = this.#deps.clock.now();
  }
}
