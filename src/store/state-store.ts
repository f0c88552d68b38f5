import {type BinaryString, bytesToBinary, LruCache} from "#base";
import {keptOpen, type OpenChild, TrieState} from "#state";
import {
  type FreshNodes,
  type HashFunction,
  type NodeSource,
  type Place,
  Trie,
  TrieFault,
} from "#trie";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";

export type StateStoreOptions = {
  /** Trie nodes kept decoded, some 500 bytes each on average, before the deepest are dropped. */
  maxResidentNodes?: number;
};

/** Enough for every branch above a million accounts to stay in memory (70,000), with as many leaves. */
const DEFAULT_RESIDENT_NODES = 200_000;

/** States of late blocks: the heads of a few forks and their parents. They share most of their nodes. */
const RECENT_STATES = 8;

/** States of old blocks opened for a query; each has nodes of its own. */
const OLD_STATES = 4;

type Reader = {get(key: BinaryString): Uint8Array | undefined};

/** The place of a block that came without its state. Places of nodes begin at 1. */
export const NO_STATE: Place = 0;

/** Where a state is to be found again. */
export type StateRef = {root: Uint8Array; place: Place};

/** States by their roots: those of late blocks decoded in memory, others opened when asked for. */
export class StateStore {
  readonly #hash: HashFunction;
  readonly #source: NodeSource;
  readonly #maxResidentNodes: number;
  readonly #openChild: OpenChild;
  #recent = new LruCache<BinaryString, TrieState>(RECENT_STATES);
  #old = new LruCache<BinaryString, TrieState>(OLD_STATES);
  #lastPlace: Place;
  #nextPlace = () => ++this.#lastPlace;

  constructor(reader: Reader, hash: HashFunction, options: StateStoreOptions = {}) {
    this.#hash = hash;
    this.#source = {
      node: place => reader.get(keys.node(place)),
      value: (key, valueHash) => reader.get(keys.value(key, valueHash)),
    };
    this.#maxResidentNodes = options.maxResidentNodes ?? DEFAULT_RESIDENT_NODES;
    const kept = keptOpen((name, root) => {
      const place = reader.get(keys.childTrie(name, root));
      if (place === undefined) throw new TrieFault("node-missing", "", root, "of a child trie");
      return Trie.open(hash, this.#source, root, decodePlace(place));
    });
    this.#openChild = (name, root) => {
      const trie = kept(name, root);
      trie.shed(this.#maxResidentNodes >> 5);
      return trie;
    };
    this.#lastPlace = decodePlace(reader.get(keys.meta(LAST_PLACE)));
  }

  /**
   * What to write so that the state is kept, and how to open it. From here on it counts as readable: the caller
   * writes this now. A state made elsewhere (a genesis) is copied whole, and left as it is.
   */
  take(state: TrieState): {writes: Write[]; state: StateRef} {
    const isOurs = state.trie.readsFrom(this.#source);
    const from = this.#lastPlace;
    const writes: Write[] = [];
    const add = (trie: Trie): Place => {
      const fresh = isOurs ? trie.collect(this.#nextPlace) : trie.snapshot(this.#nextPlace);
      addWrites(fresh, writes);
      return fresh.root;
    };
    for (const [name, trie] of isOurs ? state.freshChildTries() : state.childTries()) {
      writes.push([keys.childTrie(name, trie.root()), encodePlace(add(trie))]);
    }
    // An empty state has no node, and yet is not one that is missing.
    const place = add(state.trie) || this.#nextPlace();
    if (this.#lastPlace > from) writes.push([keys.meta(LAST_PLACE), encodePlace(this.#lastPlace)]);
    const ref = {root: state.root(), place};
    if (isOurs) state.forgetFresh();
    this.#remember(isOurs ? state : this.#opened(ref));
    return {writes, state: ref};
  }

  #remember(state: TrieState): void {
    if (state.trie.resident > this.#maxResidentNodes) {
      // Older versions hold on to nodes that the newest one drops; they are opened anew where still asked for.
      this.#recent.clear();
      state.trie.shed(this.#maxResidentNodes);
    }
    this.#recent.set(bytesToBinary(state.root()), state);
  }

  /** The state kept there; nothing is read yet. */
  open(ref: StateRef): TrieState {
    const key = bytesToBinary(ref.root);
    const recent = this.#recent.get(key);
    if (recent !== undefined) {
      this.#remember(recent);
      return recent;
    }
    let state = this.#old.get(key);
    if (state === undefined) {
      state = this.#opened(ref);
      this.#old.set(key, state);
    }
    state.trie.shed(this.#maxResidentNodes >> 2);
    return state;
  }

  #opened({root, place}: StateRef): TrieState {
    return new TrieState(Trie.open(this.#hash, this.#source, root, place), this.#openChild);
  }
}

function addWrites({nodes, values}: FreshNodes, writes: Write[]): void {
  for (const {place, record} of nodes) writes.push([keys.node(place), record]);
  for (const {key, hash, bytes} of values) writes.push([keys.value(key, hash), bytes]);
}

/** Name of the value that says which places are taken. */
const LAST_PLACE = "last-place";

function encodePlace(place: Place): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(place), true);
  return out;
}

function decodePlace(bytes: Uint8Array | undefined): Place {
  if (bytes === undefined) return 0;
  return Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
}
