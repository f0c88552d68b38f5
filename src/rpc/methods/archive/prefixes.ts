import type {BinaryString} from "#base";

/** Finds what was asked of any prefix of a key, in as many steps as prefixes have different lengths. */
export class Prefixes<T> {
  readonly #byPrefix = new Map<BinaryString, T[]>();
  readonly #lengths: readonly number[];

  constructor(items: Iterable<readonly [BinaryString, T]>) {
    const lengths = new Set<number>();
    for (const [prefix, item] of items) {
      const own = this.#byPrefix.get(prefix);
      if (own === undefined) this.#byPrefix.set(prefix, [item]);
      else own.push(item);
      lengths.add(prefix.length);
    }
    this.#lengths = [...lengths];
  }

  *of(key: BinaryString): Generator<T> {
    for (const length of this.#lengths) {
      if (length <= key.length) yield* this.#byPrefix.get(key.slice(0, length)) ?? [];
    }
  }
}
