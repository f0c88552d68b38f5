import {type Clock, type Millis, millis} from "#base";

/**
 * The chain's own time: the machine's clock plus an offset, which is nothing on a chain that only ever knew real
 * slots. Blocks made on demand push time ahead, and the offset is kept with the database so that it never runs back.
 */
export class ChainTime implements Clock {
  readonly #clock: Clock;
  readonly #keep: (offset: Millis) => void;
  /** Milliseconds of it in a real one. */
  readonly rate: number;
  #offset: Millis;
  #moves = 0;

  /** `clock` goes at the chain's pace already. */
  constructor(clock: Clock, offset: Millis, keep: (offset: Millis) => void, rate = 1) {
    this.#clock = clock;
    this.#offset = offset;
    this.#keep = keep;
    this.rate = rate;
  }

  get offset(): Millis {
    return this.#offset;
  }

  /** How often it was pushed ahead, in this run. */
  get moves(): number {
    return this.#moves;
  }

  now(): Millis {
    return millis(this.#clock.now() + this.#offset);
  }

  /** Waits as long as it takes by the offset of now: time that is pushed ahead meanwhile wakes nobody early. */
  until(time: Millis, signal?: AbortSignal): Promise<void> {
    return this.#clock.until(millis(time - this.#offset), signal);
  }

  /** Sees to it that it is at least `time`. */
  atLeast(time: Millis): void {
    const ahead = time - this.now();
    if (ahead <= 0) return;
    this.#offset = millis(this.#offset + ahead);
    this.#moves++;
    this.#keep(this.#offset);
  }
}
