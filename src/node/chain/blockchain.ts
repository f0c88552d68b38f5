import {bytesToBinary, bytesToHex, err, LruCache, ok, type Result} from "#base";
import {decode} from "#codec";
import {type Hash, type Header, header as headerCodec} from "#primitives";
import type {Runtime, RuntimeHost} from "#runtime-api";
import {Overlay, type StateView} from "#state";
import type {Trie} from "#trie";
import {describeResolution, type RuntimeResolver} from "../runtime-resolver.ts";

/** A block by name and height. */
export interface BlockRef {
  readonly hash: Hash;
  readonly number: number;
}

/** A block at the tip, with what it takes to build on it. */
export interface Head extends BlockRef {
  readonly header: Header;
  readonly state: StateView;
}

/** A block that has been executed and is to become part of the chain. */
export interface ExecutedBlock {
  readonly hash: Hash;
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  readonly body: readonly Uint8Array[];
  readonly trie: Trie;
}

/** What the chain needs of a store. A block is on disk as a whole or not at all. */
export interface ChainStore {
  readonly genesisHash: Hash;
  best(): BlockRef;
  finalized(): BlockRef;
  header(hash: Hash): Uint8Array | undefined;
  body(hash: Hash): readonly Uint8Array[] | undefined;
  hashOf(number: number): Hash | undefined;
  /** The state with this root; undefined when the root node is not there. */
  stateAt(root: Hash): StateView | undefined;
  /** Adds a block on top of the best one. Readable at once; resolves when it is on disk. */
  append(block: ExecutedBlock, options: {finalize: boolean}): Promise<void>;
}

export type ChainFeed = "import" | "best" | "finalized";
type Listener = (block: BlockRef) => void;

/** States opened for readers of old blocks. */
const OPEN_STATES = 64;

/**
 * The chain of this node: reads any block, grows at the tip, tells who listens. A block is told of when it is on
 * disk, so nobody hears of a block that a crash could undo; blocks are told of in their order.
 */
export class Blockchain {
  readonly #store: ChainStore;
  readonly #resolver: RuntimeResolver;
  readonly #states = new LruCache<string, StateView>(OPEN_STATES);
  readonly #listeners: Record<ChainFeed, Set<Listener>> = {
    import: new Set(),
    best: new Set(),
    finalized: new Set(),
  };
  #head: Head;
  #announced: BlockRef;
  #finalized: BlockRef;
  #pending: Promise<void> = Promise.resolve();

  constructor(store: ChainStore, resolver: RuntimeResolver, head: Head) {
    this.#store = store;
    this.#resolver = resolver;
    this.#head = head;
    this.#announced = head;
    this.#finalized = store.finalized();
  }

  /** Opens the chain at its best block. */
  static open(store: ChainStore, resolver: RuntimeResolver): Result<Blockchain, string> {
    const {hash, number} = store.best();
    const bytes = store.header(hash);
    const header = bytes === undefined ? undefined : decode(headerCodec, bytes);
    if (!header?.ok) return err(`the header of the best block ${bytesToHex(hash)} is missing`);
    const state = store.stateAt(header.value.stateRoot);
    if (state === undefined)
      return err(`the state of the best block ${bytesToHex(hash)} is missing`);
    const runtime = resolver.runtimeOf(state);
    if (!runtime.ok) return err(describeResolution(runtime.error));
    return ok(new Blockchain(store, resolver, {hash, number, header: header.value, state}));
  }

  get genesisHash(): Hash {
    return this.#store.genesisHash;
  }

  /** The tip to build on; readers are told of it once it is on disk. */
  get head(): Head {
    return this.#head;
  }

  best(): BlockRef {
    return this.#announced;
  }

  finalized(): BlockRef {
    return this.#finalized;
  }

  headerBytes(hash: Hash): Uint8Array | undefined {
    return this.#store.header(hash);
  }

  body(hash: Hash): readonly Uint8Array[] | undefined {
    return this.#store.body(hash);
  }

  hashOf(number: number): Hash | undefined {
    return number > this.#announced.number ? undefined : this.#store.hashOf(number);
  }

  /** The state after a block; undefined where the block is unknown. */
  state(hash: Hash): StateView | undefined {
    const key = bytesToBinary(hash);
    if (key === bytesToBinary(this.#head.hash)) return this.#head.state;
    const open = this.#states.get(key);
    if (open !== undefined) return open;
    const bytes = this.#store.header(hash);
    const header = bytes === undefined ? undefined : decode(headerCodec, bytes);
    if (!header?.ok) return undefined;
    const state = this.#store.stateAt(header.value.stateRoot);
    if (state !== undefined) this.#states.set(key, state);
    return state;
  }

  /** The runtime that a state runs; it was checked when the chain was opened and when code was set. */
  runtimeOf(state: StateView): Result<Runtime, string> {
    const runtime = this.#resolver.runtimeOf(state);
    return runtime.ok ? runtime : err(describeResolution(runtime.error));
  }

  /** Runs something over a state whose changes are thrown away. */
  host(state: StateView, rest: Omit<RuntimeHost, "state">): RuntimeHost {
    return {...rest, state: new Overlay(state)};
  }

  /** Grows the chain by a block on the tip. Resolves when it is on disk and has been told of. */
  append(block: ExecutedBlock, state: StateView, options: {finalize: boolean}): Promise<void> {
    const ref: BlockRef = {hash: block.hash, number: block.header.number};
    const written = this.#store.append(block, options);
    this.#head = {...ref, header: block.header, state};
    const turn = this.#pending.then(() => written);
    this.#pending = turn.then(() => this.#announce(ref, options.finalize));
    return this.#pending;
  }

  /** Resolves when all blocks so far are on disk and have been told of. */
  settled(): Promise<void> {
    return this.#pending;
  }

  on(feed: ChainFeed, listener: Listener): () => void {
    this.#listeners[feed].add(listener);
    return () => this.#listeners[feed].delete(listener);
  }

  #announce(block: BlockRef, finalize: boolean): void {
    this.#announced = block;
    if (finalize) this.#finalized = block;
    for (const listener of this.#listeners.import) listener(block);
    for (const listener of this.#listeners.best) listener(block);
    if (finalize) for (const listener of this.#listeners.finalized) listener(block);
  }
}
