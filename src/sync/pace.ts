/** Bytes a second below which a peer only holds us up: a third of what a full answer in the time allowed comes to. */
export const LEAST_RATE = 16 * 1_024;
/** Milliseconds of waiting after which a peer is judged: a round trip or two say nothing. */
const TRIAL = 10_000;
/** And after which what it gave before weighs half as much. */
const HALF_LIFE = 60_000;

/**
 * What a peer gives for the time that it takes. Answers may all be true and in time and still lead nowhere: an entry
 * at a time, each right before its deadline.
 */
export class Pace {
  #bytes = 0;
  #took = 0;

  /** Bytes a second; infinite until it has kept us waiting at all. */
  get rate(): number {
    return this.#took === 0 ? Number.POSITIVE_INFINITY : (this.#bytes * 1_000) / this.#took;
  }

  /** Notes an answer; false where the peer turns out not to be worth the wait. */
  note(bytes: number, took: number): boolean {
    if (this.#took > HALF_LIFE) {
      this.#took /= 2;
      this.#bytes /= 2;
    }
    this.#bytes += bytes;
    this.#took += took;
    return this.#took < TRIAL || this.rate >= LEAST_RATE;
  }
}
