/**
 * Looks for a height at which a peer has the same block as we do: one below the lower of the two heads, then two,
 * four and so on further down, so that a fork costs its logarithm in questions. What is found may lie somewhat
 * below the real fork; the few blocks between are asked for again.
 */
export class AncestorSearch {
  readonly #floor: number;
  #at: number;
  #step = 1;

  /** `floor`: what is final; a peer that differs there is on another chain. */
  constructor(start: number, floor: number) {
    this.#floor = floor;
    this.#at = Math.max(start, floor);
  }

  /** The height to ask about. */
  get at(): number {
    return this.#at;
  }

  /** The peer has another block there, or none: false when that was the lowest height to ask about. */
  goDown(): boolean {
    if (this.#at <= this.#floor) return false;
    this.#at = Math.max(this.#floor, this.#at - this.#step);
    this.#step *= 2;
    return true;
  }
}
