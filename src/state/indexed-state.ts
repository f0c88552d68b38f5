import type {ProofRecorder, StateStart, StateVersion} from "#trie";
import type {ChildName, StorageKey} from "./externalities.ts";
import type {StateChanges, StateView, TrieView} from "./state-view.ts";
import {TrieReader, type TrieState} from "./trie-state.ts";

/** Of what an index does not answer: the trie does. */
export const ASK_TRIE = Symbol("ask the trie");

/** Goes through a state in the order of its keys. */
export interface IndexCursor {
  /** `undefined` behind the last; `ASK_TRIE` where the index stopped to answer. */
  next(): StorageKey | undefined | typeof ASK_TRIE;
  /** Of the key that was given last. */
  value(): Uint8Array | typeof ASK_TRIE;
}

/** The top trie of a state as a sorted map beside it. What it says is what the trie says. */
export interface StateIndex {
  get(key: StorageKey): Uint8Array | undefined | typeof ASK_TRIE;
  has(key: StorageKey): boolean | typeof ASK_TRIE;
  /** From a key on, with it or without. */
  cursor(from: StorageKey, isAfter: boolean): IndexCursor;
}

/** A state that is read by an index; proofs, roots, differences, child tries and what is built on it are those of its tries. */
export class IndexedState extends TrieReader implements StateView {
  readonly #state: TrieState;
  readonly #index: StateIndex;
  /** Where the last `nextKey` came to: most that ask for a key's successor go on to ask for that one's. */
  #last: {readonly key: StorageKey; readonly cursor: IndexCursor} | undefined;

  constructor(state: TrieState, index: StateIndex) {
    super(state.trie);
    this.#state = state;
    this.#index = index;
  }

  override get(key: StorageKey): Uint8Array | undefined {
    const value = this.#index.get(key);
    return value === ASK_TRIE ? this.#state.get(key) : value;
  }

  override has(key: StorageKey): boolean {
    const found = this.#index.has(key);
    return found === ASK_TRIE ? this.#state.has(key) : found;
  }

  override nextKey(key: StorageKey): StorageKey | undefined {
    const known = this.#last?.key === key ? this.#last.cursor : undefined;
    const cursor = known ?? this.#index.cursor(key, true);
    const next = cursor.next();
    this.#last = undefined;
    if (next === ASK_TRIE) return this.#state.nextKey(key);
    if (next !== undefined) this.#last = {key: next, cursor};
    return next;
  }

  override *keys(prefix: StorageKey): Generator<StorageKey> {
    const cursor = this.#index.cursor(prefix, false);
    let last: StorageKey | undefined;
    for (;;) {
      const key = cursor.next();
      if (key === ASK_TRIE) {
        for (const [each] of this.#byTrie(prefix, last)) yield each;
        return;
      }
      if (key === undefined || !key.startsWith(prefix)) return;
      last = key;
      yield key;
    }
  }

  override *entries(prefix: StorageKey = ""): Generator<[StorageKey, Uint8Array]> {
    const cursor = this.#index.cursor(prefix, false);
    let last: StorageKey | undefined;
    for (;;) {
      const key = cursor.next();
      if (key === ASK_TRIE) {
        yield* this.#byTrie(prefix, last);
        return;
      }
      if (key === undefined || !key.startsWith(prefix)) return;
      last = key;
      const value = cursor.value();
      yield [key, value === ASK_TRIE ? this.#state.get(key)! : value];
    }
  }

  /** Entries that begin with a prefix, behind the last that the index gave. */
  *#byTrie(prefix: StorageKey, last: StorageKey | undefined): Generator<[StorageKey, Uint8Array]> {
    for (const entry of this.trie.entriesFrom(last ?? prefix)) {
      if (!entry[0].startsWith(prefix)) return;
      if (entry[0] !== last) yield entry;
    }
  }

  child(name: ChildName): TrieView {
    return this.#state.child(name);
  }

  childNames(): Iterable<ChildName> {
    return this.#state.childNames();
  }

  prove(
    keys: Iterable<StorageKey>,
    children?: Iterable<readonly [ChildName, Iterable<StorageKey>]>,
  ): Uint8Array[] {
    return this.#state.prove(keys, children);
  }

  proveRange(start: StateStart, softSize: number): Uint8Array[] | undefined {
    return this.#state.proveRange(start, softSize);
  }

  update(changes: StateChanges, version: StateVersion): TrieState {
    return this.#state.update(changes, version);
  }

  recorded(recorder: ProofRecorder): StateView {
    return this.#state.recorded(recorder);
  }
}
