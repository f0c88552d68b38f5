/**
 * The only thread, shared out in slices: one in each round of the event loop, to each client in its turn. Whatever
 * clients have under way, between two slices the node does all that is due: peers, the next block, other clients.
 */
export class SharedThread {
  /** Who waits for a slice, by client; each client once, however much it has under way. */
  readonly #waiting = new Map<object, (() => void)[]>();
  #isRunning = false;

  /** Resolves when the next slice is this client's. */
  next(client: object): Promise<void> {
    return new Promise(resolve => {
      const own = this.#waiting.get(client);
      if (own === undefined) this.#waiting.set(client, [resolve]);
      else own.push(resolve);
      if (!this.#isRunning) this.#run();
    });
  }

  #run(): void {
    this.#isRunning = true;
    setImmediate(() => {
      this.#isRunning = false;
      for (const [client, own] of this.#waiting) {
        this.#waiting.delete(client);
        own.shift()!();
        // To the end of the row.
        if (own.length > 0) this.#waiting.set(client, own);
        break;
      }
      if (this.#waiting.size > 0) this.#run();
    });
  }
}
