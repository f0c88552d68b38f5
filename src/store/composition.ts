import type {KeyValueStore} from "./key-value-store.ts";

/** Kinds of entries by the first byte of their keys (`keys.ts`). */
const KINDS = {
  b: "headers",
  e: "extrinsics",
  j: "proofs of finality",
  h: "heights",
  c: "best chain",
  n: "hashes",
  s: "state nodes",
  v: "state values of layout 1",
  w: "state values",
  f: "flat index",
  g: "ends of the flat index's blocks",
  k: "former runtimes",
  t: "child tries",
  m: "the node's own",
} as const;

export type StoredKind = (typeof KINDS)[keyof typeof KINDS];

/** Bytes of keys and values; what the database needs around them is not in it. */
export interface KindSize {
  readonly kind: StoredKind;
  readonly entries: number;
  readonly bytes: number;
}

/** Entries looked at in one step: a few milliseconds. */
const STEP = 1_000;

/**
 * Counts what a database is made of, a step at a time, since a large one takes minutes. What is written meanwhile may
 * or may not be counted.
 */
export class CompositionCount {
  readonly #store: KeyValueStore;
  readonly #sizes = new Map<StoredKind, {entries: number; bytes: number}>();
  #from = "";

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  /** Looks at some entries more; true when there are none left. */
  step(): boolean {
    let seen = 0;
    for (const [key, value] of this.#store.range({from: this.#from})) {
      if (seen++ === STEP) {
        this.#from = key;
        return false;
      }
      const kind = KINDS[key[0] as keyof typeof KINDS];
      if (kind === undefined) continue;
      const size = this.#sizes.get(kind) ?? {entries: 0, bytes: 0};
      size.entries++;
      size.bytes += key.length + value.length;
      this.#sizes.set(kind, size);
    }
    return true;
  }

  /** The largest first. */
  kinds(): KindSize[] {
    return [...this.#sizes]
      .map(([kind, size]) => ({kind, ...size}))
      .sort((a, b) => b.bytes - a.bytes);
  }
}
