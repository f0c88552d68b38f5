import {type Clock, type Millis, millis} from "#base";
import type {PacedClock} from "./paced-clock.ts";

/** Pushes ahead that are remembered: who asks what lay within one asks soon after it. */
const PUSHES_REMEMBERED = 64;

/**
 * The chain's own time: the machine's clock plus an offset, which is nothing on a chain that only ever knew real
 * slots. Blocks made on demand push time ahead, and the offset is kept with the database so that it never runs back.
 */
export class ChainTime implements Clock {
  readonly #clock: PacedClock;
  readonly #keep: (offset: Millis) => void;
  #offset: Millis;
  #moves = 0;
  /** The last moment that it has told, from which the machine's clock may have been set back. */
  #latest = 0;
  readonly #pushes: {readonly from: number; readonly to: number}[] = [];

  constructor(clock: PacedClock, offset: Millis, keep: (offset: Millis) => void) {
    this.#clock = clock;
    this.#offset = offset;
    this.#keep = keep;
  }

  /** Milliseconds of it in a real one. */
  get rate(): number {
    return this.#clock.rate;
  }

  /**
   * When one of its moments comes for people. In real time that is the moment itself, however far ahead it was pushed: clients
   * then take the chain's time for theirs.
   */
  shown(moment: number): Millis {
    return this.rate === 1 ? millis(moment) : this.#clock.real(moment - this.#offset);
  }

  /** The moment that people know as this one. */
  meant(shown: number): Millis {
    return this.rate === 1 ? millis(shown) : millis(this.#clock.paced(shown) + this.#offset);
  }

  get offset(): Millis {
    return this.#offset;
  }

  /** How far it is ahead of the machine's, in milliseconds; at another pace than the real one it moves on. */
  get ahead(): number {
    const paced = this.#clock.now();
    return paced + this.#offset - this.#clock.real(paced);
  }

  /** How often it was pushed ahead, in this run. */
  get moves(): number {
    return this.#moves;
  }

  now(): Millis {
    const now = millis(this.#clock.now() + this.#offset);
    this.#latest = Math.max(this.#latest, now);
    return now;
  }

  /** Whether it was pushed past a moment, which never came then; in this run, and as far as is remembered. */
  leapt(moment: Millis): boolean {
    return this.#pushes.some(({from, to}) => from < moment && moment < to);
  }

  /** Waits as long as it takes by the offset of now: time that is pushed ahead meanwhile wakes nobody early. */
  until(time: Millis, signal?: AbortSignal): Promise<void> {
    return this.#clock.until(millis(time - this.#offset), signal);
  }

  /** Sees to it that it is at least `time`. */
  atLeast(time: Millis): void {
    const ahead = time - this.now();
    if (ahead <= 0) return;
    this.#pushes.push({from: this.#latest, to: time});
    if (this.#pushes.length > PUSHES_REMEMBERED) this.#pushes.shift();
    this.#offset = millis(this.#offset + ahead);
    this.#moves++;
    this.#keep(this.#offset);
  }
}
