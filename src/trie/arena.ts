/** About a hundred branches. Those of one block are made together, and most of them live long. */
const SLAB_SIZE = 65_536;

/** More than this would waste much of a slab's end. */
const LARGEST_CUT = 8_192;

/**
 * Memory for encodings. An array of its own costs the engine some microseconds, more than encoding and hashing
 * together, so arrays are cut from slabs. A slab lives as long as any array cut from it.
 */
export class Arena {
  #slab = new Uint8Array(0);
  #used = 0;
  #scratch = new Uint8Array(LARGEST_CUT);
  #references: (Uint8Array | undefined)[][] = [];

  /** An array of zeros for the caller to keep. */
  take(size: number): Uint8Array {
    if (size > LARGEST_CUT) return new Uint8Array(size);
    if (this.#used + size > this.#slab.length) {
      this.#slab = new Uint8Array(SLAB_SIZE);
      this.#used = 0;
    }
    const from = this.#used;
    this.#used += size;
    return this.#slab.subarray(from, from + size);
  }

  /** An array that the next call of `lend` takes back. */
  lend(size: number): Uint8Array {
    if (size > this.#scratch.length) this.#scratch = new Uint8Array(size * 2);
    return this.#scratch.subarray(0, size);
  }

  /** A list of sixteen for a walk to use at this depth; it may hold anything. */
  references(depth: number): (Uint8Array | undefined)[] {
    while (this.#references.length <= depth) this.#references.push(new Array(16).fill(undefined));
    return this.#references[depth]!;
  }
}
