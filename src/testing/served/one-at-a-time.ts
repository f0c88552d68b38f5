/** Lets one after the other go on, in the order in which they asked. */
export class OneAtATime {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, with what ends that. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let done!: () => void;
    this.#last = new Promise(resolve => {
      done = resolve;
    });
    await before;
    return done;
  }
}
