import {type BinaryString, bytesToBinary, LruCache} from "#base";
import {type StateView, stateViewOf} from "#state";
import {type HashFunction, type NodeSource, Trie} from "#trie";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";

export type StateStoreOptions = {
  /** Trie nodes kept decoded, some 500 bytes each on average, before the deepest are dropped. */
  maxResidentNodes?: number;
};

/** Enough for every branch above a million accounts to stay in memory (70,000), with as many leaves. */
const DEFAULT_RESIDENT_NODES = 200_000;

/** States of late blocks, which share most of their nodes: more than the blocks of a few forks. */
const RECENT_STATES = 64;

/** States of old blocks opened for a query; each has nodes of its own. */
const OLD_STATES = 4;

type Reader = {get(key: BinaryString): Uint8Array | undefined};

/** States by their roots: those of late blocks decoded in memory, others opened when asked for. */
export class StateStore {
  readonly #hash: HashFunction;
  readonly #source: NodeSource;
  readonly #maxResidentNodes: number;
  #recent = new LruCache<BinaryString, Trie>(RECENT_STATES);
  #old = new LruCache<BinaryString, Trie>(OLD_STATES);

  constructor(reader: Reader, hash: HashFunction, options: StateStoreOptions = {}) {
    this.#hash = hash;
    this.#source = {
      node: (path, nibbles, nodeHash) => reader.get(keys.node(path, nibbles, nodeHash)),
      value: (key, valueHash) => reader.get(keys.value(key, valueHash)),
    };
    this.#maxResidentNodes = options.maxResidentNodes ?? DEFAULT_RESIDENT_NODES;
  }

  /**
   * What to write so that the state is kept. From here on it counts as readable: the caller writes this now. A state
   * made elsewhere (a genesis) is copied whole, and left as it is.
   */
  take(trie: Trie): Write[] {
    const isOurs = trie.readsFrom(this.#source);
    const {nodes, values} = isOurs ? trie.collect() : trie.snapshot();
    const writes: Write[] = [];
    for (const {path, nibbles, hash, bytes} of nodes) {
      writes.push([keys.node(path, nibbles, hash), bytes]);
    }
    for (const {key, hash, bytes} of values) writes.push([keys.value(key, hash), bytes]);
    this.#remember(isOurs ? trie : Trie.open(this.#hash, this.#source, trie.root()));
    return writes;
  }

  #remember(trie: Trie): void {
    if (trie.resident > this.#maxResidentNodes) {
      // Older versions hold on to nodes that the newest one drops; they are opened anew where still asked for.
      this.#recent.clear();
      trie.shed(this.#maxResidentNodes);
    }
    this.#recent.set(bytesToBinary(trie.root()), trie);
  }

  /** The state with this root, which must have been kept; nothing is read yet. */
  open(root: Uint8Array): StateView {
    return stateViewOf(this.#trie(root));
  }

  #trie(root: Uint8Array): Trie {
    const key = bytesToBinary(root);
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    let trie = this.#old.get(key);
    if (trie === undefined) {
      trie = Trie.open(this.#hash, this.#source, root);
      this.#old.set(key, trie);
    }
    trie.shed(this.#maxResidentNodes >> 2);
    return trie;
  }
}
