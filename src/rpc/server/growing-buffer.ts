import type {Holding} from "../budgets/index.ts";

const FIRST = 1_024;

/**
 * A message that comes in pieces, put together as it comes: a piece of one byte costs a byte. What it takes is held in the
 * budget of all requests, its spare room too.
 */
export class GrowingBuffer {
  readonly #held: Holding;
  #bytes = Buffer.alloc(0);
  #length = 0;

  constructor(held: Holding) {
    this.#held = held;
  }

  get length(): number {
    return this.#length;
  }

  /** Makes room for so many more bytes, of a message that will have at most `expected`. False: there is none. */
  makeRoom(more: number, expected: number): boolean {
    const needed = this.#length + more;
    const has = this.#bytes.length;
    if (needed <= has) return true;
    const capacity = Math.max(needed, Math.min(Math.max(2 * has, FIRST), expected));
    if (!this.#held.resize(capacity)) return false;
    const larger = Buffer.allocUnsafeSlow(capacity);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
    return true;
  }

  /** Where the next bytes go, for which there is room. */
  extend(more: number): Buffer {
    const from = this.#length;
    this.#length += more;
    return this.#bytes.subarray(from, this.#length);
  }

  contents(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}
