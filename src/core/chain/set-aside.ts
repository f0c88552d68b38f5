import {bytesToBinary, type Clock, LruCache} from "#base";
import type {Hash} from "#primitives";

/** A block that was given up rests so many times as long as it had taken: it never has more than a tenth of the thread. */
const REST_FACTOR = 10;
/** Times it was given up after which it rests no longer than before: for three hours, where a minute is given. */
const MOST_DOUBLINGS = 4;
/** Milliseconds for one whose end took no time, as that of the engine's stack does. */
const LEAST_REST = 60_000;
/** Blocks remembered. */
const REMEMBERED = 256;

/**
 * Blocks that could not be executed to their end here, which says nothing of them: on another machine they may be right. They
 * are tried again when they are offered, after a rest that grows.
 */
export class SetAsideBlocks {
  readonly #clock: Pick<Clock, "now">;
  readonly #blocks = new LruCache<string, {times: number; until: number}>(REMEMBERED);

  /** Steady. */
  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** How many milliseconds a block still rests; undefined if it may be tried. */
  restOf(hash: Hash): number | undefined {
    const known = this.#blocks.get(bytesToBinary(hash));
    const rest = known === undefined ? 0 : known.until - this.#clock.now();
    return rest > 0 ? rest : undefined;
  }

  /** Sets a block aside that took so many milliseconds; says for how many it rests now. */
  add(hash: Hash, took: number): number {
    const key = bytesToBinary(hash);
    const times = this.#blocks.get(key)?.times ?? 0;
    const rest = Math.max(LEAST_REST, took * REST_FACTOR) * 2 ** Math.min(times, MOST_DOUBLINGS);
    this.#blocks.set(key, {times: times + 1, until: this.#clock.now() + rest});
    return rest;
  }
}
