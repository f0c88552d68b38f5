import type {Clock, Millis} from "#base";

/** Why a wait ended before its time. Always the same: an error of its own for each would be what moving an alarm costs. */
const MOVED = new Error("moved");

/** Wakes somebody at a moment that may be moved: one wait on the clock at a time. */
export class Alarm {
  readonly #clock: Clock;
  readonly #onDue: () => void;
  #at: Millis | undefined;
  #abort: AbortController | undefined;

  constructor(clock: Clock, onDue: () => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** At that moment and not before; undefined: not at all. */
  set(at: Millis | undefined): void {
    if (at === this.#at && this.#abort !== undefined) return;
    this.stop();
    this.#at = at;
    if (at === undefined) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#clock.until(at, abort.signal).then(
      () => {
        if (this.#abort !== abort) return;
        this.#abort = undefined;
        this.#at = undefined;
        this.#onDue();
      },
      // Moved or stopped.
      () => undefined,
    );
  }

  stop(): void {
    this.#abort?.abort(MOVED);
    this.#abort = undefined;
    this.#at = undefined;
  }
}
