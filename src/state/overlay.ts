import {invariant} from "#base";
import type {Change, StateVersion, Trie} from "#trie";
import {AppendList} from "./append-list.ts";
import {NOTHING_CLEARED, reachesChildRoots} from "./child-roots.ts";
import type {Cleared, Externalities, StorageKey} from "./externalities.ts";
import {SlotJournal, type SlotValue, UNTOUCHED} from "./slot-journal.ts";
import type {StateView} from "./state-view.ts";

export type OverlayOptions = {
  /** Told of every key looked up in the state below: a proof of these keys is what it takes to execute again. */
  onRead?: (key: StorageKey) => void;
};

export type StateOutcome = {
  /** The state as it stands now, not yet stored. */
  trie: Trie;
  root: Uint8Array;
  /** Sorted by key; `undefined` where a key was removed. */
  changes: readonly Change[];
};

/** Externalities over a state that itself stays as it is: writes are kept here until `outcome` is taken. */
export class Overlay implements Externalities {
  readonly #base: StateView;
  readonly #onRead: ((key: StorageKey) => void) | undefined;
  readonly #journal = new SlotJournal();
  #outcome: {revision: number; version: StateVersion; value: StateOutcome} | undefined;

  constructor(base: StateView, options: OverlayOptions = {}) {
    this.#base = base;
    this.#onRead = options.onRead;
  }

  get(key: StorageKey): Uint8Array | undefined {
    const value = this.#journal.value(key);
    if (value !== UNTOUCHED) return bytesOf(value);
    this.#onRead?.(key);
    return this.#base.get(key);
  }

  set(key: StorageKey, value: Uint8Array): void {
    this.#journal.write(key, value);
  }

  remove(key: StorageKey): void {
    this.#journal.write(key, undefined);
  }

  has(key: StorageKey): boolean {
    const value = this.#journal.value(key);
    if (value !== UNTOUCHED) return value !== undefined;
    this.#onRead?.(key);
    return this.#base.has(key);
  }

  append(key: StorageKey, item: Uint8Array): void {
    const list = this.#journal.list(key, before => new AppendList(this.#bytesBelow(key, before)));
    list.push(item);
  }

  #bytesBelow(key: StorageKey, before: SlotValue): Uint8Array | undefined {
    if (before !== UNTOUCHED) return bytesOf(before);
    this.#onRead?.(key);
    return this.#base.get(key);
  }

  nextKey(key: StorageKey): StorageKey | undefined {
    const written = this.#nextWritten(key);
    let below = this.#nextBelow(key);
    while (below !== undefined && (written === undefined || below < written)) {
      if (this.#journal.value(below) !== undefined) return below;
      below = this.#nextBelow(below);
    }
    return written;
  }

  #nextBelow(key: StorageKey): StorageKey | undefined {
    this.#onRead?.(key);
    const next = this.#base.nextKey(key);
    if (next !== undefined) this.#onRead?.(next);
    return next;
  }

  /** The next key that holds a value by a write. */
  #nextWritten(key: StorageKey): StorageKey | undefined {
    const {keys} = this.#journal;
    const sorted = keys.all();
    for (let i = keys.indexFrom(key); i < sorted.length; i++) {
      const next = sorted[i]!;
      if (next === key) continue;
      const value = this.#journal.value(next);
      if (value !== undefined && value !== UNTOUCHED) return next;
    }
    return undefined;
  }

  clearPrefix(prefix: StorageKey, limit = Number.POSITIVE_INFINITY): Cleared {
    if (reachesChildRoots(prefix)) return NOTHING_CLEARED;
    const written = this.#removeWritten(prefix);
    let loops = 0;
    let backend = 0;
    for (const key of this.#keysBelow(prefix)) {
      if (loops >= limit) return {loops, backend, unique: written + backend, remaining: true};
      if (this.#journal.value(key) !== undefined) {
        this.remove(key);
        backend++;
      }
      loops++;
    }
    return {loops, backend, unique: written + backend, remaining: false};
  }

  #removeWritten(prefix: StorageKey): number {
    const {keys} = this.#journal;
    const sorted = keys.all();
    let removed = 0;
    for (let i = keys.indexFrom(prefix); sorted[i]?.startsWith(prefix); i++) {
      const value = this.#journal.value(sorted[i]!);
      if (value === undefined || value === UNTOUCHED) continue;
      this.remove(sorted[i]!);
      removed++;
    }
    return removed;
  }

  *#keysBelow(prefix: StorageKey): Generator<StorageKey> {
    this.#onRead?.(prefix);
    let key = this.#base.has(prefix) ? prefix : this.#nextBelow(prefix);
    for (; key?.startsWith(prefix); key = this.#nextBelow(key)) yield key;
  }

  begin(): void {
    this.#journal.begin();
  }

  commit(): void {
    this.#journal.commit();
  }

  rollback(): void {
    this.#journal.rollback();
  }

  /** How many transactions are open. */
  get depth(): number {
    return this.#journal.depth;
  }

  root(version: StateVersion): Uint8Array {
    return this.outcome(version).root;
  }

  /** What was written, sorted by key. Outside of transactions only. */
  changes(): Change[] {
    invariant(this.depth === 0, "no transaction is open where the outcome is asked for");
    const changes: Change[] = [];
    for (const key of this.#journal.keys.all()) {
      const value = this.#journal.value(key);
      if (value !== UNTOUCHED) changes.push([key, bytesOf(value)]);
    }
    return changes;
  }

  /** The state as it stands now; computed once for as long as nothing is written. */
  outcome(version: StateVersion): StateOutcome {
    const {revision} = this.#journal;
    if (this.#outcome?.revision !== revision || this.#outcome.version !== version) {
      const changes = this.changes();
      const trie = this.#base.trie.update(changes, version);
      this.#outcome = {revision, version, value: {trie, root: trie.root(), changes}};
    }
    return this.#outcome.value;
  }
}

function bytesOf(value: Exclude<SlotValue, typeof UNTOUCHED>): Uint8Array | undefined {
  return value instanceof AppendList ? value.bytes() : value;
}
