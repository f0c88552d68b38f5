import {type Clock, type Millis, millis} from "#base";

/**
 * The chain's own time: the machine's clock plus an offset. On real slots the offset is nothing. Blocks made on
 * demand push time ahead, and the offset is kept with the database so that it never runs back.
 */
export class ChainTime {
  readonly #clock: Pick<Clock, "now">;
  readonly #keep: (offset: Millis) => void;
  #offset: Millis;

  constructor(clock: Pick<Clock, "now">, offset: Millis, keep: (offset: Millis) => void) {
    this.#clock = clock;
    this.#offset = offset;
    this.#keep = keep;
  }

  get offset(): Millis {
    return this.#offset;
  }

  now(): Millis {
    return millis(this.#clock.now() + this.#offset);
  }

  /** Sees to it that it is at least `time`. */
  atLeast(time: Millis): void {
    const ahead = time - this.now();
    if (ahead <= 0) return;
    this.#offset = millis(this.#offset + ahead);
    this.#keep(this.#offset);
  }
}
