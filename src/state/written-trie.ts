import type {Change} from "#trie";
import {AppendList} from "./append-list.ts";
import type {Cleared, StorageKey} from "./externalities.ts";
import {type SlotJournal, Slots, type SlotValue, UNTOUCHED} from "./slot-journal.ts";
import type {TrieView} from "./state-view.ts";

/** What is read of the trie below. */
export type TrieBelow = Pick<TrieView, "get" | "has" | "nextKey" | "keys">;

/** One trie of a state that itself stays as it is, and what was written over it. */
export class WrittenTrie {
  readonly #base: TrieBelow;
  readonly #slots: Slots;

  constructor(base: TrieBelow, journal: SlotJournal) {
    this.#base = base;
    this.#slots = new Slots(journal);
  }

  get(key: StorageKey): Uint8Array | undefined {
    const value = this.#slots.value(key);
    return value === UNTOUCHED ? this.#base.get(key) : bytesOf(value);
  }

  set(key: StorageKey, value: Uint8Array): void {
    this.#slots.write(key, value);
  }

  remove(key: StorageKey): void {
    this.#slots.write(key, undefined);
  }

  has(key: StorageKey): boolean {
    const value = this.#slots.value(key);
    return value === UNTOUCHED ? this.#base.has(key) : value !== undefined;
  }

  append(key: StorageKey, item: Uint8Array): void {
    this.#slots.list(key, before => new AppendList(this.#bytesBelow(key, before))).push(item);
  }

  #bytesBelow(key: StorageKey, before: SlotValue): Uint8Array | undefined {
    return before === UNTOUCHED ? this.#base.get(key) : bytesOf(before);
  }

  nextKey(key: StorageKey): StorageKey | undefined {
    const written = this.#nextWritten(key);
    let below = this.#base.nextKey(key);
    while (below !== undefined && (written === undefined || below < written)) {
      if (this.#slots.value(below) !== undefined) return below;
      below = this.#base.nextKey(below);
    }
    return written;
  }

  /** The next key that holds a value by a write. */
  #nextWritten(key: StorageKey): StorageKey | undefined {
    const {keys} = this.#slots;
    const sorted = keys.all();
    for (let i = keys.indexFrom(key); i < sorted.length; i++) {
      const next = sorted[i]!;
      if (next === key) continue;
      const value = this.#slots.value(next);
      if (value !== undefined && value !== UNTOUCHED) return next;
    }
    return undefined;
  }

  /** As `Externalities.clearPrefix`, whatever the prefix. */
  clearPrefix(prefix: StorageKey, limit = Number.POSITIVE_INFINITY): Cleared {
    const written = this.#removeWritten(prefix);
    let loops = 0;
    let backend = 0;
    for (const key of this.#base.keys(prefix)) {
      if (loops >= limit) return {loops, backend, unique: written + backend, remaining: true};
      if (this.#slots.value(key) !== undefined) {
        this.remove(key);
        backend++;
      }
      loops++;
    }
    return {loops, backend, unique: written + backend, remaining: false};
  }

  #removeWritten(prefix: StorageKey): number {
    const {keys} = this.#slots;
    const sorted = keys.all();
    let removed = 0;
    for (let i = keys.indexFrom(prefix); sorted[i]?.startsWith(prefix); i++) {
      const value = this.#slots.value(sorted[i]!);
      if (value === undefined || value === UNTOUCHED) continue;
      this.remove(sorted[i]!);
      removed++;
    }
    return removed;
  }

  /** What was written, sorted by key. */
  changes(): Change[] {
    const changes: Change[] = [];
    for (const key of this.#slots.keys.all()) {
      const value = this.#slots.value(key);
      if (value !== UNTOUCHED) changes.push([key, bytesOf(value)]);
    }
    return changes;
  }
}

function bytesOf(value: Exclude<SlotValue, typeof UNTOUCHED>): Uint8Array | undefined {
  return value instanceof AppendList ? value.bytes() : value;
}
