/** One's place in a line: `come` resolves when all before are through; `leave` lets the next one on. */
export interface Turn {
  readonly come: Promise<void>;
  leave(): void;
}

/**
 * A line. Work that is done in any order, on several threads say, is put back into the order in which it was begun.
 * Who leaves before its turn has come is passed over.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  next(): Turn {
    const come = this.#last;
    let leave!: (after: Promise<void>) => void;
    this.#last = new Promise(resolve => {
      leave = resolve;
    });
    return {come, leave: () => leave(come)};
  }

  /** Resolves when all that are in the line by now are through. */
  allBefore(): Promise<void> {
    return this.#last;
  }
}
