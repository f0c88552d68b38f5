/** A map that forgets what was used longest ago. Relies on `Map` keeping insertion order. */
export class LruCache<K, V> {
  readonly capacity: number;
  readonly #entries = new Map<K, V>();
  /**
   * Stands before the oldest entry: what it passed by was forgotten. One that began anew each time would pass by all that were
   * removed before it, of which a full map holds up to half as many as entries: twenty times the price of the rest with 65,536.
   */
  #oldest: IterableIterator<K> | undefined;
  /**
   * Entries that were removed while it stood still. For its sake the engine keeps the tables of before, with all that was in them, so
   * it is let go after as many as fit.
   */
  #removed = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** Without counting as use. */
  peek(key: K): V | undefined {
    return this.#entries.get(key);
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  set(key: K, value: V): void {
    this.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.capacity) this.#forgetOldest();
  }

  delete(key: K): boolean {
    if (!this.#entries.delete(key)) return false;
    if (this.#oldest !== undefined && ++this.#removed > this.capacity) this.#letGo();
    return true;
  }

  clear(): void {
    this.#entries.clear();
    this.#letGo();
  }

  #forgetOldest(): void {
    this.#oldest ??= this.#entries.keys();
    const oldest = this.#oldest.next();
    if (!oldest.done) this.#entries.delete(oldest.value);
    this.#removed = 0;
  }

  #letGo(): void {
    this.#oldest = undefined;
    this.#removed = 0;
  }
}
