/** The numbers under which blocks of rows are kept. One that is free is given again, so that none is higher than there ever were blocks at once. */
export class BlockNumbers {
  #next = 0;
  #free: number[] = [];

  take(): number {
    return this.#free.pop() ?? this.#next++;
  }

  /** It is no block's from the step on that is written next. */
  free(number: number): void {
    this.#free.push(number);
  }

  /** From now on only these are taken; where `isAll` is false there may be others that nobody knows of. */
  restore(taken: readonly number[], isAll: boolean): void {
    this.#next = 0;
    this.#free = [];
    for (const number of Uint32Array.from(taken).sort()) {
      if (isAll) for (let free = this.#next; free < number; free++) this.#free.push(free);
      this.#next = number + 1;
    }
  }
}
