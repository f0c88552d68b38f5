/** A growing set of small numbers, one bit each: which messages of a round a peer is known to have. */
export class Marks {
  #bits = new Uint32Array(8);

  has(index: number): boolean {
    const word = this.#bits[index >>> 5];
    return word !== undefined && ((word >>> (index & 31)) & 1) === 1;
  }

  add(index: number): void {
    const word = index >>> 5;
    if (word >= this.#bits.length) {
      const grown = new Uint32Array(Math.max(word + 1, this.#bits.length * 2));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[word]! |= 1 << (index & 31);
  }

  remove(index: number): void {
    const word = index >>> 5;
    if (word < this.#bits.length) this.#bits[word]! &= ~(1 << (index & 31));
  }

  clear(): void {
    this.#bits.fill(0);
  }
}
