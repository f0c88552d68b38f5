const FIRST_WAIT = 1_000;
/** Long enough to be no burden to a node that says no, and short enough to see within a coffee that it says yes. */
const LONGEST_WAIT = 60_000;

/** Tries something again after a while, each time after twice as long. */
export class BackOff {
  #wait = FIRST_WAIT;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get isWaiting(): boolean {
    return this.#timer !== undefined;
  }

  later(act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      act();
    }, this.#wait);
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
  }

  /** It went well, or nobody wants it any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wait = FIRST_WAIT;
  }
}
