/** A map that forgets what was used longest ago. Relies on `Map` keeping insertion order. */
export class LruCache<K, V> {
  readonly capacity: number;
  readonly #entries = new Map<K, V>();
  /**
   * Stands before the oldest entry: what it passed by was forgotten. One that began anew each time would pass by all that were
   * removed before it, of which a full map holds up to half as many as entries: twenty times the price of the rest with 65,536.
   */
  #oldest: IterableIterator<[K, V]> | undefined;
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

  /** The value that was forgotten for it, if the map was full. */
  set(key: K, value: V): V | undefined {
    this.delete(key);
    this.#entries.set(key, value);
    return this.#entries.size > this.capacity ? this.#forgetOldest() : undefined;
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

  #forgetOldest(): V | undefined {
    this.#oldest ??= this.#entries.entries();
    const oldest = this.#oldest.next();
    this.#removed = 0;
    if (oldest.done) return undefined;
    const [key, value] = oldest.value;
    this.#entries.delete(key);
    return value;
  }

  #letGo(): void {
    this.#oldest = undefined;
    this.#removed = 0;
  }
}
