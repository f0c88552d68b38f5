import {
  bytesToBinary,
  bytesToHex,
  type Clock,
  err,
  invariant,
  LruCache,
  type Millis,
  millis,
  ok,
  type Result,
} from "#base";
import {decode} from "#codec";
import {type Hash, type Header, header as headerCodec} from "#primitives";
import type {Runtime, RuntimeHost} from "#runtime-api";
import {Overlay, type StateView, stateViewOf} from "#state";
import type {ChainStore} from "#store";
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

export type ChainFeed = "import" | "best" | "finalized";
type Listener = (block: BlockRef) => void;

/**
 * A node without peers finalizes at once, but tells of it this much after the block itself: clients that react to
 * a block by asking for its events drop their question when the next status comes before the answers (polkadot.js
 * then never shows `inBlock`). Their questions take some 10 ms on this machine.
 */
const FINALITY_NOTICE = 100;

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
  #notices: Promise<void> = Promise.resolve();
  readonly #clock: Clock;
  readonly #stopping = new AbortController();

  constructor(store: ChainStore, resolver: RuntimeResolver, clock: Clock, head: Head) {
    this.#store = store;
    this.#clock = clock;
    this.#resolver = resolver;
    this.#head = head;
    this.#announced = head;
    this.#finalized = store.finalized;
  }

  /** Opens the chain at its best block. */
  static open(
    store: ChainStore,
    resolver: RuntimeResolver,
    clock: Clock,
  ): Result<Blockchain, string> {
    const {hash, number} = store.best;
    const header = decode(headerCodec, store.blocks.knownRecord(hash).header);
    const state = store.stateAt(hash);
    if (!header.ok || state === undefined) {
      return err(`header or state of the best block ${bytesToHex(hash)} cannot be read`);
    }
    const runtime = resolver.runtimeOf(state);
    if (!runtime.ok) return err(describeResolution(runtime.error));
    return ok(new Blockchain(store, resolver, clock, {hash, number, header: header.value, state}));
  }

  get genesisHash(): Hash {
    return this.#store.genesis.hash;
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
    return this.#store.blocks.record(hash)?.header;
  }

  body(hash: Hash): readonly Uint8Array[] | undefined {
    return this.#store.blocks.body(hash);
  }

  hashOf(number: number): Hash | undefined {
    return number > this.#announced.number ? undefined : this.#store.blocks.canonical(number);
  }

  /** The state after a block; undefined where the block is unknown. */
  state(hash: Hash): StateView | undefined {
    const key = bytesToBinary(hash);
    if (key === bytesToBinary(this.#head.hash)) return this.#head.state;
    const open = this.#states.get(key);
    if (open !== undefined) return open;
    const state = this.#store.stateAt(hash);
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

  /** Resolves when the disk keeps up: to be awaited before a block is executed. */
  room(): Promise<void> {
    return this.#store.room();
  }

  /** Grows the chain by a block on the tip. Resolves when it is on disk and has been told of. */
  append(block: ExecutedBlock, {finalize}: {finalize: boolean}): Promise<void> {
    const {hash, header} = block;
    const {number, parentHash} = header;
    const ref: BlockRef = {hash, number};
    const committed = this.#store.commit(
      {hash, number, parentHash, header: block.headerBytes, body: block.body, state: block.trie},
      {best: true},
    );
    invariant(committed.ok, "a block on the tip can be stored");
    if (finalize) {
      const finalized = this.#store.finalize(hash);
      invariant(finalized.ok, "the tip can be finalized");
    }
    this.#head = {...ref, header, state: stateViewOf(block.trie)};
    const written = this.#store.flushed(hash);
    this.#pending = this.#pending.then(() => written).then(() => this.#announce(ref, finalize));
    return this.#pending;
  }

  /** Resolves when all blocks so far are on disk and have been told of, final ones as final. */
  async settled(): Promise<void> {
    await this.#pending;
    this.#stopping.abort();
    await this.#notices;
  }

  on(feed: ChainFeed, listener: Listener): () => void {
    this.#listeners[feed].add(listener);
    return () => this.#listeners[feed].delete(listener);
  }

  #announce(block: BlockRef, finalize: boolean): void {
    this.#announced = block;
    for (const listener of this.#listeners.import) listener(block);
    for (const listener of this.#listeners.best) listener(block);
    if (!finalize) return;
    const due = millis(this.#clock.now() + FINALITY_NOTICE);
    this.#notices = this.#notices.then(() => this.#noticeFinality(block, due));
  }

  async #noticeFinality(block: BlockRef, due: Millis): Promise<void> {
    // Ended early by `settled`, which wants the rest told now.
    await this.#clock.until(due, this.#stopping.signal).catch(() => undefined);
    this.#finalized = block;
    for (const listener of this.#listeners.finalized) listener(block);
  }
}
