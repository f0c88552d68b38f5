import {
  bytesToBinary,
  bytesToHex,
  equalBytes,
  err,
  invariant,
  LruCache,
  ok,
  type Report,
  type Result,
} from "#base";
import {decode, encode} from "#codec";
import {type Hash, type Header, header as headerCodec} from "#primitives";
import type {StateView, TrieState} from "#state";
import type {ChainStore, CommitFailure, BestChange as StoredChange} from "#store";
import {chainEnded, type Runtimes} from "../runtimes/index.ts";
import {
  type BlockOrigin,
  type BlockRef,
  type ChainEvents,
  type ChainFeed,
  ChainListeners,
} from "./chain-events.ts";
import type {ProofSizeMode} from "./execution.ts";
import {KeptBlocks} from "./kept-blocks.ts";
import {assertStateWritten, checkStateRead} from "./state-of-header.ts";

/** A block with what it takes to build on it. */
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
  readonly state: TrieState;
  /** Bytes of its proof, compact; undefined where it was not noted. */
  readonly proofSize?: number | undefined;
}

/** States opened for readers of old blocks. */
const OPEN_STATES = 64;
/** Of blocks that become final together, so many are announced one by one; after a long stall only the last ones. */
const FINALIZED_ANNOUNCED = 64;

/**
 * The chain of this node: reads any block, grows on every fork, follows the longest chain that holds what is final,
 * tells who listens. A block is announced when it is on disk, so nobody hears of a block that a crash could undo;
 * everything is told in its order.
 */
export class Blockchain extends KeptBlocks {
  readonly #states = new LruCache<string, StateView>(OPEN_STATES);
  readonly #listeners: ChainListeners;
  /** Blocks kept that were not announced yet. */
  readonly #unannounced = new Set<string>();
  /** Blocks that a rewind left behind, since the start: final ones among them may be above what is final some day. */
  readonly #givenUp = new Set<string>();
  #head: Head;
  #announced: BlockRef;
  #finalized: BlockRef;
  #pending: Promise<void> = Promise.resolve();

  constructor(
    store: ChainStore,
    runtimes: Runtimes,
    head: Head,
    onFault: (fault: unknown) => void,
    proofSize: ProofSizeMode,
  ) {
    super(store, runtimes, proofSize);
    this.#listeners = new ChainListeners(onFault);
    this.#head = head;
    this.#announced = head;
    this.#finalized = store.finalized;
  }

  /** Opens the chain at its best block. `onFault` hears of listeners that throw: the others are told all the same. */
  static open(
    store: ChainStore,
    runtimes: Runtimes,
    onFault: (fault: unknown) => void,
    proofSize: ProofSizeMode = "unrecorded",
  ): Result<Blockchain, Report> {
    const {hash, number} = store.best;
    const header = decode(headerCodec, store.blocks.knownRecord(hash).header);
    const state = store.stateAt(hash);
    const isWhole =
      header.ok && state !== undefined && equalBytes(state.root(), header.value.stateRoot);
    if (!isWhole) {
      return err({
        code: "database-corrupt",
        what: `header or state of the best block ${bytesToHex(hash)} cannot be read`,
        did: "not started, changed nothing",
        todo: "restore the database from a copy, or purge-chain and sync again",
      });
    }
    const runtime = runtimes.runtimeOf(state);
    if (!runtime.ok) return err(chainEnded(number, runtime.error));
    const head = {hash, number, header: header.value, state};
    return ok(new Blockchain(store, runtimes, head, onFault, proofSize));
  }

  /** The tip to build on; it is announced once it is on disk. */
  get head(): Head {
    return this.#head;
  }

  /** Whether a kept block is on disk and was announced. */
  isAnnounced(hash: Hash): boolean {
    return !this.#unannounced.has(bytesToBinary(hash));
  }

  /** What is final, announced or not. */
  get lastFinalized(): BlockRef {
    return this.store.finalized;
  }

  best(): BlockRef {
    return this.#announced;
  }

  finalized(): BlockRef {
    return this.#finalized;
  }

  hashOf(number: number): Hash | undefined {
    return number > this.#head.number ? undefined : this.store.blocks.canonical(number);
  }

  /** The block on which another one may be built, on whatever fork; undefined without its state, and for a stand-in. */
  at(hash: Hash): Head | undefined {
    if (equalBytes(hash, this.#head.hash)) return this.#head;
    if (this.isStandIn(hash)) return undefined;
    const header = this.header(hash);
    const state = this.state(hash);
    if (header === undefined || state === undefined) return undefined;
    return {hash, number: header.number, header, state};
  }

  /** The state after a block; undefined where the block is unknown or came without it. */
  state(hash: Hash): StateView | undefined {
    const key = bytesToBinary(hash);
    if (key === bytesToBinary(this.#head.hash)) return this.#head.state;
    const state = this.store.stateAt(hash);
    // One that is open still may have lost its nodes meanwhile.
    const open = state === undefined ? undefined : this.#states.get(key);
    if (open !== undefined) return open;
    const header = state === undefined ? undefined : this.header(hash);
    if (state === undefined || header === undefined) return undefined;
    this.#states.set(key, checkStateRead(state, header));
    return state;
  }

  /**
   * The same state for those who read of it and build nothing on it: by the index of the newest states where that has it. Whoever
   * executes reads by the trie, since that has to have walked to whatever is written.
   */
  view(hash: Hash): StateView | undefined {
    const state = this.state(hash);
    const record = state && this.store.blocks.record(hash);
    return record === undefined ? undefined : this.store.indexed(record, state!);
  }

  /** The highest block that follows from one; of equals the best one, else the first come. */
  bestContaining(block: BlockRef): BlockRef {
    if (this.isDescendant(this.#head, block)) return this.#head;
    return this.#highestAbove(block);
  }

  /** Hashes of the blocks above what is final, on all forks, lowest first. */
  unfinalized(): Hash[] {
    const hashes: Hash[] = [];
    for (let number = this.store.finalized.number + 1; ; number++) {
      const here = this.store.blocks.hashesAt(number);
      if (here.length === 0) return hashes;
      hashes.push(...here);
    }
  }

  /** Whether whoever went back has left the block behind: it is kept, to come back to, and is no fork that may yet win. */
  isGivenUp(hash: Hash): boolean {
    return this.#givenUp.has(bytesToBinary(hash));
  }

  /** Resolves when the disk keeps up: to be awaited before a block is executed. */
  room(): Promise<void> {
    return this.store.room();
  }

  /**
   * Keeps a block whose parent is kept; it becomes the best one if it is higher than the best and holds what is
   * final. Resolves when it is on disk and has been announced.
   */
  append(block: ExecutedBlock, origin: BlockOrigin): Promise<void> {
    const {hash, header} = block;
    const {number, parentHash} = header;
    const ref: BlockRef = {hash, number};
    assertStateWritten(block.state, header);
    const isBest =
      number > this.#head.number &&
      this.isDescendant({hash: parentHash, number: number - 1}, this.store.finalized);
    const committed = this.store.commit(
      {hash, number, parentHash, header: block.headerBytes, body: block.body, state: block.state},
      {best: isBest},
    );
    invariant(committed.ok, "a block on a kept parent can be stored");
    const key = bytesToBinary(hash);
    this.noteHeader(hash, header);
    if (block.proofSize !== undefined) this.noteBytesOfProof(hash, block.proofSize);
    this.#unannounced.add(key);
    if (isBest) this.#head = {...ref, header, state: block.state};
    const written = this.store.flushed(hash);
    return this.#then(written, () => {
      this.#unannounced.delete(key);
      if (isBest) this.#announced = ref;
      this.#listeners.tell("import", {...ref, origin, isBest, proofSize: block.proofSize});
      if (committed.value !== undefined) this.#listeners.tell("best", {...ref, ...committed.value});
    });
  }

  /** Makes a block final, with the proof to keep, and values of the node's own that go with it. Resolves when that is on disk and has been announced. */
  finalize(
    hash: Hash,
    justification: Uint8Array | undefined,
    own?: ReadonlyMap<string, Uint8Array>,
  ): Result<Promise<void>, CommitFailure> {
    const before = this.store.finalized;
    const done = this.store.finalize(hash, justification, own);
    if (!done.ok) return done;
    const after = this.store.finalized;
    const route = this.#finalizedSince(before);
    const changes = done.value === undefined ? [] : [done.value, ...this.#climb(after)];
    const last = changes.length === 0 ? undefined : this.store.best;
    if (last !== undefined) this.#moveHead(last);
    return ok(
      this.#then(this.store.flushed(), () => {
        if (last !== undefined) {
          this.#announced = last;
          this.#listeners.tell("best", {...last, ...merge(changes)});
        }
        this.#finalized = after;
        for (const block of route.slice(-FINALIZED_ANNOUNCED)) {
          const isLast = block.number === after.number;
          this.#listeners.tell("finalized", {...block, isLast});
        }
      }),
    );
  }

  /** What would be final after `rewindTo`; undefined for a block that cannot be gone to. */
  finalAfterRewind(hash: Hash): BlockRef | undefined {
    return this.store.finalAfterRewind(hash);
  }

  /**
   * Goes to any block that is kept, whatever is final: development only. What is final then is what was and what the
   * block holds; that is not announced, since finality never goes back for those who ask. `own`: as in `finalize`.
   */
  rewindTo(hash: Hash, own: ReadonlyMap<string, Uint8Array>): Result<Promise<void>, CommitFailure> {
    const done = this.store.rewindTo(hash, own);
    if (!done.ok) return done;
    const {best, finalized} = this.store;
    this.#moveHead(best);
    for (const one of done.value.retracted) this.#givenUp.add(bytesToBinary(one.hash));
    for (const one of done.value.enacted) this.#givenUp.delete(bytesToBinary(one.hash));
    return ok(
      this.#then(this.store.flushed(), () => {
        this.#announced = best;
        this.#finalized = finalized;
        this.#listeners.tell("best", {...best, ...done.value, isRewind: true});
      }),
    );
  }

  /** Forgets the proof of a block whose finality a later proof shows as well. */
  dropJustification(hash: Hash): void {
    this.store.keepJustification(hash, undefined);
  }

  /**
   * Goes on from a final block far above whose state was fetched and checked. `justifications`: proofs of finality, of
   * it and of blocks on the way; `own`: values of the node's own that go with it. All of it is one step on disk.
   */
  leapTo(
    block: ExecutedBlock,
    justifications: Iterable<readonly [Hash, Uint8Array]>,
    own: ReadonlyMap<string, Uint8Array>,
  ): Promise<void> {
    const {hash, header, headerBytes, body, state} = block;
    const {number, parentHash} = header;
    const ref = {hash, number};
    const stored = {hash, number, parentHash, header: headerBytes, body, state};
    assertStateWritten(state, header);
    this.store.leapTo(stored, {justifications, own});
    const kept = this.store.stateAt(hash);
    invariant(kept !== undefined, "the state was stored with the block");
    this.#head = {...ref, header, state: kept};
    return this.#then(this.store.flushed(hash), () => {
      this.#announced = ref;
      this.#finalized = ref;
      this.#listeners.tell("import", {...ref, origin: "sync", isBest: true});
      this.#listeners.tell("best", {...ref, retracted: [], enacted: [ref]});
      this.#listeners.tell("finalized", {...ref, isLast: true});
    });
  }

  /** What is missing below a block that was leapt to: above one block, from another one downwards. */
  get history(): {readonly above: BlockRef; readonly next: BlockRef} | undefined {
    const {gap} = this.store;
    if (gap === undefined) return undefined;
    const above = {hash: this.store.blocks.canonical(gap.above)!, number: gap.above};
    const {hash, number} = gap.below;
    const next = {hash: this.store.blocks.knownRecord(hash).parentHash, number: number - 1};
    return {above, next};
  }

  /** Whether more than the header is kept of a block at a height that comes now. */
  keepsBody(number: number): boolean {
    return this.store.pruning.keepsBody(number);
  }

  /** Keeps the highest block missing (`history`), without its state. False for any other. */
  fillHistory({hash, header, body}: Omit<ExecutedBlock, "state" | "headerBytes">): boolean {
    const {number, parentHash, stateRoot} = header;
    const headerBytes = encode(headerCodec, header);
    return this.store.fillHistory({hash, number, parentHash, header: headerBytes, body}, stateRoot);
  }

  /** Resolves when all so far is on disk and has been announced. */
  settled(): Promise<void> {
    return this.#pending;
  }

  on<F extends ChainFeed>(feed: F, listener: (event: ChainEvents[F]) => void): () => void {
    return this.#listeners.on(feed, listener);
  }

  #then(written: Promise<void>, tell: () => void): Promise<void> {
    this.#pending = this.#pending.then(() => written).then(tell);
    return this.#pending;
  }

  #finalizedSince(before: BlockRef): BlockRef[] {
    const {number: last} = this.store.finalized;
    const route: BlockRef[] = [];
    for (
      let number = Math.max(before.number + 1, last - FINALIZED_ANNOUNCED);
      number <= last;
      number++
    ) {
      route.push({hash: this.store.blocks.canonical(number)!, number});
    }
    return route;
  }

  /** After finality left the best chain: on to the highest block above what is final; of equals the first come. */
  #climb(finalized: BlockRef): StoredChange[] {
    const highest = this.#highestAbove(finalized);
    if (highest.number === finalized.number) return [];
    const moved = this.store.setBest(highest.hash);
    invariant(moved.ok, "a block above the final one can become the best");
    return [moved.value];
  }

  #highestAbove(block: BlockRef): BlockRef {
    return this.store.blocks
      .leaves(block.number)
      .filter(leaf => this.isDescendant(leaf, block))
      .reduce<BlockRef>((best, leaf) => (leaf.number > best.number ? leaf : best), block);
  }

  #moveHead(ref: BlockRef): void {
    const header = this.header(ref.hash);
    const state = this.store.stateAt(ref.hash);
    invariant(header !== undefined && state !== undefined, "what can be best has a state");
    this.#head = {...ref, header, state: checkStateRead(state, header)};
  }
}

/** Two moves of the best chain in one. What the first left the second does not come back to: it holds what is final. */
function merge(changes: readonly StoredChange[]): StoredChange {
  return {
    retracted: changes.flatMap(change => change.retracted),
    enacted: changes.flatMap(change => change.enacted),
  };
}
