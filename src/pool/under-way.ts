/** Work that others wait for the end of, whenever it was begun. */
export class UnderWay {
  readonly #all = new Set<Promise<void>>();

  /** It must not fail. */
  add(work: Promise<void>): void {
    this.#all.add(work);
    work.finally(() => this.#all.delete(work));
  }

  /** Reads at a moment when nothing is under way, also of what was begun meanwhile. */
  async whenOver<T>(read: () => T): Promise<T> {
    while (this.#all.size > 0) await Promise.all(this.#all);
    return read();
  }
}
