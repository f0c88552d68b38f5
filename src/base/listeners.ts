/**
 * Who wants to hear of something. Each is told, whatever the others do: one that throws is a fault of ours, which goes
 * to `onFault` after the last has been told, once a telling.
 */
export class Listeners<Event extends readonly unknown[]> {
  readonly #listeners = new Set<(...event: Event) => void>();
  readonly #onFault: (fault: unknown) => void;

  constructor(onFault: (fault: unknown) => void) {
    this.#onFault = onFault;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** Returns how to stop listening. */
  add(listener: (...event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(...event: Event): void {
    const faults: unknown[] = [];
    for (const listener of this.#listeners) {
      try {
        listener(...event);
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0)
      this.#onFault(faults.length === 1 ? faults[0] : new AggregateError(faults));
  }
}
