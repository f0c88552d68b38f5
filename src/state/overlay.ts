import {invariant} from "#base";
import type {Change, StateVersion, Trie} from "#trie";
import {AppendList} from "./append-list.ts";
import {NOTHING_CLEARED, reachesChildRoots} from "./child-roots.ts";
import {type Cleared, type Externalities, NoTransaction, type StorageKey} from "./externalities.ts";
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
  /** Transactions that are not the running call's. */
  #floor = 0;
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
    if (this.depth === 0) throw new NoTransaction("commit");
    this.#journal.commit();
  }

  rollback(): void {
    if (this.depth === 0) throw new NoTransaction("rollback");
    this.#journal.rollback();
  }

  get depth(): number {
    return this.#journal.depth - this.#floor;
  }

  fenced<T>(work: () => T): T {
    const floor = this.#floor;
    this.#floor = this.#journal.depth;
    try {
      return work();
    } finally {
      while (this.depth > 0) this.#journal.rollback();
      this.#floor = floor;
    }
  }

  root(version: StateVersion): Uint8Array {
    return this.#stateNow(version).root;
  }

  /** What was written, sorted by key. */
  changes(): Change[] {
    const changes: Change[] = [];
    for (const key of this.#journal.keys.all()) {
      const value = this.#journal.value(key);
      if (value !== UNTOUCHED) changes.push([key, bytesOf(value)]);
    }
    return changes;
  }

  /** The state as it stands now, for the chain to go on from. Outside of transactions only. */
  outcome(version: StateVersion): StateOutcome {
    invariant(this.#journal.depth === 0, "no transaction is open where the outcome is asked for");
    return this.#stateNow(version);
  }

  /** Computed once for as long as nothing is written. */
  #stateNow(version: StateVersion): StateOutcome {
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
