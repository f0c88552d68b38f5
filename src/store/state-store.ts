import {type BinaryString, bytesToBinary, LruCache} from "#base";
import {type StateView, stateViewOf} from "#state";
import {type HashFunction, type NodeSource, type Place, Trie} from "#trie";
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
  #recent = new LruCache<BinaryString, Trie>(RECENT_STATES);
  #old = new LruCache<BinaryString, Trie>(OLD_STATES);
  #lastPlace: Place;
  #nextPlace = () => ++this.#lastPlace;

  constructor(reader: Reader, hash: HashFunction, options: StateStoreOptions = {}) {
    this.#hash = hash;
    this.#source = {
      node: place => reader.get(keys.node(place)),
      value: (key, valueHash) => reader.get(keys.value(key, valueHash)),
    };
    this.#maxResidentNodes = options.maxResidentNodes ?? DEFAULT_RESIDENT_NODES;
    this.#lastPlace = decodePlace(reader.get(keys.meta(LAST_PLACE)));
  }

  /**
   * What to write so that the state is kept, and how to open it. From here on it counts as readable: the caller
   * writes this now. A state made elsewhere (a genesis) is copied whole, and left as it is.
   */
  take(trie: Trie): {writes: Write[]; state: StateRef} {
    const isOurs = trie.readsFrom(this.#source);
    const fresh = isOurs ? trie.collect(this.#nextPlace) : trie.snapshot(this.#nextPlace);
    const writes: Write[] = [];
    for (const {place, record} of fresh.nodes) writes.push([keys.node(place), record]);
    for (const {key, hash, bytes} of fresh.values) writes.push([keys.value(key, hash), bytes]);
    if (fresh.nodes.length > 0) writes.push([keys.meta(LAST_PLACE), encodePlace(this.#lastPlace)]);
    const state = {root: trie.root(), place: fresh.root};
    this.#remember(isOurs ? trie : this.#opened(state));
    return {writes, state};
  }

  #remember(trie: Trie): void {
    if (trie.resident > this.#maxResidentNodes) {
      // Older versions hold on to nodes that the newest one drops; they are opened anew where still asked for.
      this.#recent.clear();
      trie.shed(this.#maxResidentNodes);
    }
    this.#recent.set(bytesToBinary(trie.root()), trie);
  }

  /** The state kept there; nothing is read yet. */
  open(state: StateRef): StateView {
    const key = bytesToBinary(state.root);
    const recent = this.#recent.get(key);
    if (recent !== undefined) {
      this.#remember(recent);
      return stateViewOf(recent);
    }
    let trie = this.#old.get(key);
    if (trie === undefined) {
      trie = this.#opened(state);
      this.#old.set(key, trie);
    }
    trie.shed(this.#maxResidentNodes >> 2);
    return stateViewOf(trie);
  }

  #opened({root, place}: StateRef): Trie {
    return Trie.open(this.#hash, this.#source, root, place);
  }
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
