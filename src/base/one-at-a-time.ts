/** Work of which one piece is under way at a time, in the order in which it came. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    // Whoever waits for this one learns of its failure; the next one goes on.
    this.#last = result.catch(() => undefined);
    return result;
  }
}
