import {type BinaryString, EMPTY_BYTES, equalBytes, LruCache} from "#base";
import {childRootKey, keptOpen, type OpenChild, TrieState} from "#state";
import {
  type FreshNodes,
  type HashFunction,
  type Held,
  heldPlaces,
  inheritedPlaces,
  isOnWayTo,
  type Link,
  type NodeSource,
  type Place,
  type Placing,
  type SparedPrefixes,
  type StoredPart,
  storedParts,
  Trie,
  TrieFault,
} from "#trie";
import {type BlockRecord, encodeItems} from "./block-record.ts";
import {RUNTIME_KEYS} from "./former-runtimes.ts";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import {mendedPart} from "./mend-part.ts";
import {NO_STATE, storedNodes} from "./stored-nodes.ts";

export {NO_STATE} from "./stored-nodes.ts";

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

export type StoredState = Pick<BlockRecord, "stateRoot" | "statePlace">;

/** Where a state is to be found again. */
export type StateRef = {root: Uint8Array; place: Place};

/** States by their places: those of late blocks decoded in memory, others opened when asked for. */
export class StateStore {
  readonly #hash: HashFunction;
  readonly #reader: Reader;
  readonly #source: NodeSource;
  readonly #maxResidentNodes: number;
  readonly #openChild: OpenChild;
  readonly #emptyRoot: Uint8Array;
  /** For walks from one state to the next, which come upon most of their nodes twice. */
  #walked: NodeSource;
  #recent = new LruCache<Place, TrieState>(RECENT_STATES);
  #old = new LruCache<Place, TrieState>(OLD_STATES);
  #lastPlace: Place;
  #nextPlace = () => ++this.#lastPlace;

  constructor(reader: Reader, hash: HashFunction, options: StateStoreOptions = {}) {
    this.#hash = hash;
    this.#reader = reader;
    this.#emptyRoot = Trie.empty(hash).root();
    this.#source = {...storedNodes(reader), verify: hash};
    this.#walked = rememberingLast(this.#source);
    this.#maxResidentNodes = options.maxResidentNodes ?? DEFAULT_RESIDENT_NODES;
    const kept = keptOpen((name, root, place) => {
      if (place !== NO_STATE) return Trie.open(hash, this.#source, root, place);
      const byRoot = reader.get(keys.childTrieByRoot(name, root));
      if (byRoot === undefined) throw new TrieFault("node-missing", "", root, "of a child trie");
      return Trie.open(hash, this.#source, root, decodePlace(byRoot));
    });
    this.#openChild = (name, root, place) => {
      const trie = kept(name, root, place);
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
    const children = new Map<BinaryString, Place>();
    const placing: Placing = {
      next: this.#nextPlace,
      child: key => children.get(key) ?? NO_STATE,
    };
    const add = (trie: Trie): Place => {
      const fresh = isOurs ? trie.collect(placing) : trie.snapshot(placing);
      addWrites(fresh, writes);
      return fresh.root;
    };
    for (const [name, trie] of isOurs ? state.freshChildTries() : state.childTries()) {
      children.set(childRootKey(name), add(trie));
    }
    // A state of nothing has no node, and is a state all the same.
    const kept = add(state.trie);
    const place = kept === NO_STATE ? this.#nextPlace() : kept;
    if (this.#lastPlace > from) writes.push(this.placesTaken());
    const ref = {root: state.root(), place};
    if (isOurs) state.forgetFresh();
    this.#remember(place, isOurs ? state : this.#opened(ref));
    return {writes, state: ref};
  }

  /** The highest place that was given. */
  get lastPlace(): Place {
    return this.#lastPlace;
  }

  /** A place for what is written by somebody else. */
  takePlace(): Place {
    return this.#nextPlace();
  }

  /** What to write where places were given. */
  placesTaken(): Write {
    return [keys.meta(LAST_PLACE), encodePlace(this.#lastPlace)];
  }

  /** By place: two blocks may come to the same root, and what is built on one must not stand on nodes of the other. */
  #remember(place: Place, state: TrieState): void {
    if (state.trie.resident > this.#maxResidentNodes) {
      // Older versions hold on to nodes that the newest one drops; they are opened anew where still asked for.
      this.#recent.clear();
      state.trie.shed(this.#maxResidentNodes);
    }
    this.#recent.set(place, state);
  }

  /** The state kept there; nothing is read yet. */
  open(ref: StateRef): TrieState {
    const recent = this.#recent.get(ref.place);
    if (recent !== undefined) {
      this.#remember(ref.place, recent);
      return recent;
    }
    let state = this.#old.get(ref.place);
    if (state === undefined) {
      state = this.#opened(ref);
      this.#old.set(ref.place, state);
    }
    state.trie.shed(this.#maxResidentNodes >> 2);
    return state;
  }

  /** The same with nothing of it in memory: for who wants to see what is on the disk. */
  unread({root, place}: StateRef): TrieState {
    return this.#opened({root, place});
  }

  /** Every part of a state as it is on disk (`storedParts`). */
  parts({root, place}: StateRef, isPassed: (link: Link) => boolean): Generator<StoredPart> {
    return storedParts(this.#source, this.#hash, {place, root}, isPassed);
  }

  /** The first part of a state on the way to a key that is not as it was written; undefined where all are. */
  damagedOnWay(
    state: StateRef,
    key: BinaryString,
    childKey?: BinaryString,
  ): StoredPart | undefined {
    for (const part of this.parts(state, link => !isOnWayTo(link, key, childKey))) {
      if (part.found !== "whole") return part;
    }
    return undefined;
  }

  /** `mendedPart`, of what is on disk. */
  mended(part: StoredPart, bytes: Uint8Array): Write | undefined {
    return mendedPart(this.#reader, this.#hash, part, bytes, this.#lastPlace);
  }

  /** To be called where something on disk was mended: walks remember what they read last. */
  readAnew(): void {
    this.#walked = rememberingLast(this.#source);
  }

  /** What one state took over from another one that it was built on (`inheritedPlaces`). */
  inherited({stateRoot, statePlace}: StoredState, since: Place): Set<Place> {
    const isEmpty = equalBytes(stateRoot, this.#emptyRoot);
    const top = {place: statePlace, root: stateRoot};
    return isEmpty ? new Set() : inheritedPlaces(this.#walked, top, since);
  }

  /** What a state has for itself (`heldPlaces`). */
  held(
    {stateRoot, statePlace}: StoredState,
    isOthers: (place: Place) => boolean,
    spared?: SparedPrefixes,
  ): Generator<Held> {
    return heldPlaces(this.#walked, {place: statePlace, root: stateRoot}, isOthers, spared);
  }

  /** What the runtime in a state is made of, in the order of `RUNTIME_KEYS`; undefined where any of it is gone. */
  runtimeIn(state: StoredState): Uint8Array | undefined {
    return orMissing(() => {
      const trie = this.#trieOf(state);
      return encodeItems(RUNTIME_KEYS.map(key => trie.get(key) ?? EMPTY_BYTES));
    });
  }

  /** Whether two states have the same runtime; undefined where of one of them it is gone. */
  hasSameRuntime(a: StoredState, b: StoredState): boolean | undefined {
    return orMissing(() => {
      const tries = [this.#trieOf(a), this.#trieOf(b)];
      return RUNTIME_KEYS.every(key => {
        const [placeA, placeB] = tries.map(trie => trie.valuePlace(key));
        if (placeA === placeB) return true;
        const [valueA, valueB] = tries.map(trie => trie.get(key) ?? EMPTY_BYTES);
        return equalBytes(valueA!, valueB!);
      });
    });
  }

  #trieOf({stateRoot, statePlace}: StoredState): Trie {
    return Trie.open(this.#hash, this.#walked, stateRoot, statePlace);
  }

  #opened({root, place}: StateRef): TrieState {
    return new TrieState(Trie.open(this.#hash, this.#source, root, place), this.#openChild);
  }
}

/** Records of nodes that a walk remembers: those of a few ordinary blocks. */
const RECORDS_REMEMBERED = 1_024;

/** A record never changes, so one that is gone meanwhile was the same. */
function rememberingLast(source: NodeSource): NodeSource {
  const last = new LruCache<Place, Uint8Array>(RECORDS_REMEMBERED);
  return {
    ...source,
    node(place, hash) {
      const known = last.get(place) ?? source.node(place, hash);
      if (known !== undefined) last.set(place, known);
      return known;
    },
  };
}

/** What a reading gives; undefined where part of what it reads is gone. */
function orMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TrieFault && error.isMiss) return undefined;
    throw error;
  }
}

function addWrites({nodes, values}: FreshNodes, writes: Write[]): void {
  for (const {place, record} of nodes) writes.push([keys.node(place), record]);
  for (const {place, bytes} of values) writes.push([keys.value(place), bytes]);
}

/** Name of the value that says which places are taken. */
export const LAST_PLACE = "last-place";

export function encodePlace(place: Place): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(place), true);
  return out;
}

export function decodePlace(bytes: Uint8Array | undefined): Place {
  if (bytes === undefined) return 0;
  return Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
}
