import {invariant} from "#base";
import type {Change, StateVersion} from "#trie";
import {isChildStorageKey, reachesChildRoots} from "./child-roots.ts";
import {
  type ChildName,
  type ChildState,
  type Cleared,
  type Externalities,
  NOTHING_CLEARED,
  NoTransaction,
  type StorageKey,
} from "./externalities.ts";
import {SlotJournal} from "./slot-journal.ts";
import type {StateChanges, StateView} from "./state-view.ts";
import type {TrieState} from "./trie-state.ts";
import {WrittenTrie} from "./written-trie.ts";

export interface StateOutcome {
  /** The state as it stands now, not yet stored. */
  readonly state: TrieState;
  readonly root: Uint8Array;
  /** Of the top trie, as it was written; sorted by key, `undefined` where a key was removed. */
  readonly changes: readonly Change[];
}

type StateOfNow = Omit<StateOutcome, "root">;

/** Externalities over a state that itself stays as it is: writes are kept here until `outcome` is taken. */
export class Overlay implements Externalities {
  readonly #base: StateView;
  readonly #journal = new SlotJournal();
  readonly #top: WrittenTrie;
  readonly #children = new Map<ChildName, WrittenTrie>();
  /** Transactions that are not the running call's. */
  #floor = 0;
  #known: (StateOfNow & {revision: number; version: StateVersion}) | undefined;

  constructor(base: StateView) {
    this.#base = base;
    this.#top = new WrittenTrie(base, this.#journal);
  }

  get(key: StorageKey): Uint8Array | undefined {
    return this.#top.get(key);
  }

  set(key: StorageKey, value: Uint8Array): void {
    if (!isChildStorageKey(key)) this.#top.set(key, value);
  }

  remove(key: StorageKey): void {
    if (!isChildStorageKey(key)) this.#top.remove(key);
  }

  has(key: StorageKey): boolean {
    return this.#top.has(key);
  }

  append(key: StorageKey, item: Uint8Array): void {
    this.#top.append(key, item);
  }

  nextKey(key: StorageKey): StorageKey | undefined {
    return this.#top.nextKey(key);
  }

  clearPrefix(prefix: StorageKey, limit?: number): Cleared {
    return reachesChildRoots(prefix) ? NOTHING_CLEARED : this.#top.clearPrefix(prefix, limit);
  }

  child(name: ChildName): ChildState {
    const trie = this.#child(name);
    return {
      get: key => trie.get(key),
      set: (key, value) => trie.set(key, value),
      remove: key => trie.remove(key),
      has: key => trie.has(key),
      nextKey: key => trie.nextKey(key),
      clearPrefix: (prefix, limit) => trie.clearPrefix(prefix, limit),
      kill: limit => trie.clearPrefix("", limit),
      root: version => this.#stateNow(version).state.child(name).root(),
    };
  }

  #child(name: ChildName): WrittenTrie {
    let trie = this.#children.get(name);
    if (trie === undefined) {
      trie = new WrittenTrie(this.#base.child(name), this.#journal);
      this.#children.set(name, trie);
    }
    return trie;
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
    return this.#stateNow(version).state.root();
  }

  /** What was written in the top trie, sorted by key. */
  changes(): Change[] {
    return this.#top.changes();
  }

  /** The state as it stands now, for the chain to go on from. Outside of transactions only. */
  outcome(version: StateVersion): StateOutcome {
    invariant(this.#journal.depth === 0, "no transaction is open where the outcome is asked for");
    const {state, changes} = this.#stateNow(version);
    return {state, root: state.root(), changes};
  }

  /** Computed once for as long as nothing is written. */
  #stateNow(version: StateVersion): StateOfNow {
    const {revision} = this.#journal;
    if (this.#known?.revision !== revision || this.#known.version !== version) {
      const all = this.#allChanges();
      const state = this.#base.update(all, version);
      this.#known = {revision, version, state, changes: all.top};
    }
    return this.#known;
  }

  #allChanges(): StateChanges {
    const children = new Map<ChildName, Change[]>();
    for (const [name, trie] of this.#children) {
      const changes = trie.changes();
      if (changes.length > 0) children.set(name, changes);
    }
    return {top: this.#top.changes(), children};
  }
}
