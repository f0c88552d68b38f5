import type {StorageKey} from "./externalities.ts";

/** Up to this many new keys are put in one by one; more are sorted and merged. */
const FEW = 8;

/** A set of keys that only grows and is put in order only when asked for the order. */
export class SortedKeys {
  #sorted: StorageKey[] = [];
  #fresh: StorageKey[] = [];

  /** `key` must not have been added before. */
  add(key: StorageKey): void {
    this.#fresh.push(key);
  }

  all(): readonly StorageKey[] {
    if (this.#fresh.length > FEW) this.#sorted = merge(this.#sorted, this.#fresh.sort());
    else
      for (const key of this.#fresh) this.#sorted.splice(firstNotBelow(this.#sorted, key), 0, key);
    if (this.#fresh.length > 0) this.#fresh = [];
    return this.#sorted;
  }

  /** The place in `all()` of the first key that is not smaller than `key`. */
  indexFrom(key: StorageKey): number {
    return firstNotBelow(this.all(), key);
  }
}

function firstNotBelow(sorted: readonly StorageKey[], key: StorageKey): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merge(a: readonly StorageKey[], b: readonly StorageKey[]): StorageKey[] {
  const out: StorageKey[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) out.push(a[i]! < b[j]! ? a[i++]! : b[j++]!);
  while (i < a.length) out.push(a[i++]!);
  while (j < b.length) out.push(b[j++]!);
  return out;
}
