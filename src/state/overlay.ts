import {invariant} from "#base";
import type {Change, ProofRecorder, StateVersion} from "#trie";
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
import type {StateChanges, StateView, TrieView} from "./state-view.ts";
import type {TrieState} from "./trie-state.ts";
import {type TrieBelow, WrittenTrie} from "./written-trie.ts";

export interface StateOutcome {
  /** The state as it stands now, not yet stored. */
  readonly state: TrieState;
  readonly root: Uint8Array;
  /** Of the top trie, as it was written; sorted by key, `undefined` where a key was removed. */
  readonly changes: readonly Change[];
}

export interface OverlayOptions {
  /**
   * Told of what it takes to do the same again: all that is come upon in the state below, in reading and for roots. What only
   * a transaction of the host's that was rolled back came upon is not part of it; a call's own make no difference, since it
   * comes upon the same again whoever runs it.
   */
  readonly recorder?: ProofRecorder | undefined;
  /** Called when the state is about to be computed, which takes long after many writes: what others are to do can begin now. */
  readonly beforeRoot?: (() => void) | undefined;
}

type StateOfNow = Omit<StateOutcome, "root">;

/** Externalities over a state that itself stays as it is: writes are kept here until `outcome` is taken. */
export class Overlay implements Externalities {
  readonly #base: StateView;
  readonly #recorder: ProofRecorder | undefined;
  readonly #beforeRoot: (() => void) | undefined;
  readonly #journal = new SlotJournal();
  readonly #top: WrittenTrie;
  readonly #children = new Map<ChildName, WrittenTrie>();
  /** Transactions that are not the running call's. */
  #floor = 0;
  /** Calls under way, one within the other. */
  #calls = 0;
  #known: (StateOfNow & {revision: number; version: StateVersion}) | undefined;

  constructor(base: StateView, {recorder, beforeRoot}: OverlayOptions = {}) {
    this.#base = recorder === undefined ? base : base.recorded(recorder);
    this.#recorder = recorder;
    this.#beforeRoot = beforeRoot;
    this.#top = new WrittenTrie(this.#base, this.#journal);
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
      root: version => this.#childNow(name, version).root(),
    };
  }

  #child(name: ChildName): WrittenTrie {
    let trie = this.#children.get(name);
    if (trie === undefined) {
      const open = () => this.#base.child(name);
      trie = new WrittenTrie(this.#recorder === undefined ? open() : readAnew(open), this.#journal);
      this.#children.set(name, trie);
    }
    return trie;
  }

  /** Its root says nothing of other tries, so they are not come upon for it. */
  #childNow(name: ChildName, version: StateVersion): TrieView {
    const changes = this.#children.get(name)?.changes() ?? [];
    const children = new Map(changes.length === 0 ? [] : [[name, changes]]);
    return children.size === 0
      ? this.#base.child(name)
      : this.#base.update({top: [], children}, version).child(name);
  }

  begin(): void {
    this.#journal.begin();
    if (this.#calls === 0) this.#recorder?.begin();
  }

  commit(): void {
    if (this.depth === 0) throw new NoTransaction("commit");
    this.#journal.commit();
    if (this.#calls === 0) this.#recorder?.commit();
  }

  rollback(): void {
    if (this.depth === 0) throw new NoTransaction("rollback");
    this.#journal.rollback();
    if (this.#calls > 0 || this.#recorder === undefined) return;
    this.#recorder.rollback();
    // What the state of now was made from may have been taken back.
    this.#known = undefined;
  }

  get depth(): number {
    return this.#journal.depth - this.#floor;
  }

  fenced<T>(work: () => T): T {
    const floor = this.#floor;
    this.#floor = this.#journal.depth;
    this.#calls++;
    try {
      return work();
    } finally {
      while (this.depth > 0) this.#journal.rollback();
      this.#floor = floor;
      this.#calls--;
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
      this.#beforeRoot?.();
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

/**
 * A child trie that is looked up for each read: the way to its root is come upon by whoever reads of it, not by whoever only
 * writes to it, and again once it was taken back.
 */
const readAnew = (open: () => TrieView): TrieBelow => ({
  get: key => open().get(key),
  has: key => open().has(key),
  nextKey: key => open().nextKey(key),
  keys: prefix => open().keys(prefix),
});
