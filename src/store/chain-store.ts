import {equalBytes, err, invariant, ok, type Result} from "#base";
import {type StateView, TrieState} from "#state";
import type {HashFunction} from "#trie";
import {beginChain} from "./begin-chain.ts";
import {
  type BestChange,
  blocksBetween,
  routeTo,
  turningPoint,
  writesOfRoute,
} from "./best-chain.ts";
import {type BlockRecord, isParent, recordOf} from "./block-record.ts";
import {type BlockRef, BlockStore} from "./block-store.ts";
import {BlockTickets} from "./block-tickets.ts";
import {CompositionCount} from "./composition.ts";
import {expectedRows} from "./expected-rows.ts";
import {StoreFault} from "./failures.ts";
import {FlatIndex} from "./flat-index/index.ts";
import {decodeGap, gapWrite, HISTORY_GAP, type HistoryGap, narrowedTo} from "./history-gap.ts";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import {KnownBlocks} from "./known-blocks.ts";
import type {ChainStoreOptions, CommitFailure, LeapBlock, NewBlock} from "./new-block.ts";
import {Pruning, samePolicy} from "./pruning.ts";
import {KEEP_ALL, type PruningPolicy} from "./pruning-policy.ts";
import {revertWrites} from "./revert.ts";
import {Scrub, type ScrubParts} from "./scrub.ts";
import {FIRST_BLOCK} from "./stand-in.ts";
import {STATE_IMPORT, StateImports} from "./state-import.ts";
import {NO_STATE, StateStore} from "./state-store.ts";
import {WriteBehind} from "./write-behind.ts";

/**
 * The chain as this node has it: blocks, their states, the best chain, what is final.
 *
 * Every method that writes is one atomic step, seen by all reads as soon as it returns, and on disk when `flushed`
 * says so. Whatever is told to the world (a block announced, a vote, an end of a session) waits for that first.
 */
export class ChainStore {
  readonly blocks: BlockStore;
  readonly pruning: Pruning;
  /** States that come in pieces, of which `leapTo` makes one the newest. */
  readonly imports: StateImports;
  readonly genesis: BlockRef;
  /** Beside the tries; undefined where none is kept. */
  readonly index: FlatIndex | undefined;
  readonly #parts: Pick<ScrubParts, "store" | "writer" | "states" | "ends">;
  readonly #writer: WriteBehind;
  readonly #states: StateStore;
  #best: BlockRef;
  #finalized: BlockRef;
  #gap: HistoryGap | undefined;
  readonly #first: BlockRef | undefined;
  readonly #known: KnownBlocks;
  readonly #tickets: BlockTickets;

  private constructor(store: KeyValueStore, hash: HashFunction, options: ChainStoreOptions) {
    const writer = new WriteBehind(store, options);
    this.#writer = writer;
    this.#tickets = new BlockTickets(writer);
    const ends = () => ({
      best: this.#best,
      finalized: this.#finalized,
      gap: this.#gap,
      first: this.#first,
    });
    const known = (block: Uint8Array) => this.#known.has(block);
    const pruning = () => this.pruning;
    this.blocks = new BlockStore(writer, blocks => expectedRows({ends, blocks, known, pruning}));
    this.#known = new KnownBlocks({
      read: key => writer.get(key),
      hashesAt: number => this.blocks.hashesAt(number),
      ends,
    });
    this.#states = new StateStore(writer, hash, options);
    const parts = {store, writer, states: this.#states, hash};
    this.#parts = {...parts, ends};
    this.imports = new StateImports(parts);
    this.genesis = this.#marked("genesis");
    this.#best = this.#marked("best");
    this.#finalized = this.#marked("finalized");
    this.#gap = decodeGap(writer.get(keys.meta(HISTORY_GAP)));
    const first = writer.get(keys.meta(FIRST_BLOCK));
    if (first !== undefined) {
      this.#first = {hash: first, number: this.blocks.knownRecord(first).number};
    }
    const makeWay = (lowest: number) => this.index?.step(lowest) ?? false;
    this.pruning = new Pruning({...parts, blocks: this.blocks, ends, makeWay});
    const policy = {...this.pruning.policy, ...options.pruning};
    if (!samePolicy(policy, this.pruning.policy)) this.pruning.setPolicy(policy);
    const stateOf = (block: BlockRef) => this.stateAt(block.hash);
    const index = {...parts, blocks: this.blocks, stateOf, finalized: () => this.#finalized};
    this.index = FlatIndex.open(index, options.flatIndex);
  }

  /** Over a store that has been begun (`begin`) before. Throws `StoreFault` where it contradicts itself. */
  static over(
    store: KeyValueStore,
    hash: HashFunction,
    options: ChainStoreOptions = {},
  ): ChainStore {
    return new ChainStore(store, hash, options);
  }

  /** Writes a chain's first block into an empty store, and the genesis that it stands on where it is not that itself. */
  static async begin(
    store: KeyValueStore,
    first: NewBlock,
    hash: HashFunction,
    policy: PruningPolicy = KEEP_ALL,
  ): Promise<void> {
    await beginChain(store, first, hash, policy);
  }

  /** What all that is on disk is made of, still to be counted. */
  countComposition(): CompositionCount {
    return new CompositionCount(this.#parts.store);
  }

  /** Looks at what is stored though nobody asks for it, from its beginning. */
  scrub(): Scrub {
    const {blocks, pruning, index} = this;
    return new Scrub({...this.#parts, blocks, pruning, index});
  }

  get best(): BlockRef {
    return this.#best;
  }

  get finalized(): BlockRef {
    return this.#finalized;
  }

  /** Whether the best block is the one that the chain began with: its genesis, or a later one that stands on it alone. */
  get isAtStart(): boolean {
    const {number, hash} = this.#best;
    return number === 0 || this.isStandIn(this.blocks.knownRecord(hash).parentHash);
  }

  /**
   * Whether a block stands for all below the one that the chain began with. Its state can be read; nothing was or is made on it.
   */
  isStandIn(hash: Uint8Array): boolean {
    return this.#first !== undefined && equalBytes(hash, this.genesis.hash);
  }

  /** Keeps a block whose parent is kept, and with `best` makes it the head of the best chain. */
  commit(block: NewBlock, {best}: {best: boolean}): Result<BestChange | undefined, CommitFailure> {
    const parent = this.blocks.record(block.parentHash);
    if (parent === undefined) return err({code: "block-unknown", hash: block.parentHash});
    const known = this.blocks.record(block.hash);
    const route = best ? routeTo(this.blocks, this.#best, known ?? block) : undefined;
    if (route !== undefined && this.#undoesFinalized(route)) return this.#belowFinalized();
    const writes = known === undefined ? this.#writesOn(parent, block) : [];
    if (block.justifications !== undefined) {
      writes.push(...this.blocks.withProof(block.hash, block.justifications));
    }
    if (route !== undefined) writes.push(...this.#moveBest(block, route));
    this.#tickets.note(block.hash, this.#writer.add(writes));
    return ok(route);
  }

  /** Makes a block that is kept the head of the best chain. */
  setBest(hash: Uint8Array): Result<BestChange, CommitFailure> {
    const record = this.blocks.record(hash);
    if (record === undefined) return err({code: "block-unknown", hash});
    const route = routeTo(this.blocks, this.#best, record);
    if (this.#undoesFinalized(route)) return this.#belowFinalized();
    this.#writer.add(this.#moveBest(record, route));
    return ok(route);
  }

  /**
   * Makes a block final, and with it all below it; where the best chain does not go through it, it becomes the head
   * of the best chain, which then changes as told. `own`: values of the node's own that go with it (`setValue`).
   */
  finalize(
    hash: Uint8Array,
    justifications?: Uint8Array,
    own: ReadonlyMap<string, Uint8Array> = new Map(),
  ): Result<BestChange | undefined, CommitFailure> {
    const record = this.blocks.record(hash);
    if (record === undefined) return err({code: "block-unknown", hash});
    if (record.number < this.#finalized.number) return this.#belowFinalized();
    const isOff = !this.blocks.isCanonical(record);
    const route = isOff ? routeTo(this.blocks, this.#best, record) : undefined;
    if (route !== undefined && this.#undoesFinalized(route)) return this.#belowFinalized();
    const writes: Write[] = route === undefined ? [] : this.#moveBest(record, route);
    writes.push([keys.meta("finalized"), record.hash]);
    if (justifications !== undefined) writes.push(...this.blocks.withProof(hash, justifications));
    for (const [name, value] of own) writes.push([keys.meta(`own:${name}`), value]);
    writes.push(...this.#known.finalized(this.#finalized.number, record.number));
    this.#finalized = {hash: record.hash, number: record.number};
    this.#writer.add(writes);
    return ok(route);
  }

  /**
   * What would be final if a kept block became the best one whatever is final now: as much of that as the block holds.
   * Undefined for a block that is not kept, came without its state, or stands for others.
   */
  finalAfterRewind(hash: Uint8Array): BlockRef | undefined {
    return this.#wayTo(hash)?.finalized;
  }

  /**
   * Makes a kept block the best one, whatever is final: the one way in which finality is taken back, for chains on
   * which the past is rehearsed. All blocks stay, so that the way back is open. `own`: as in `finalize`.
   */
  rewindTo(
    hash: Uint8Array,
    own: ReadonlyMap<string, Uint8Array>,
  ): Result<BestChange, CommitFailure> {
    const way = this.#wayTo(hash);
    if (way === undefined) return err({code: "block-unknown", hash});
    const {record, route, finalized} = way;
    const writes = this.#moveBest(record, route);
    this.#finalized = finalized;
    writes.push(
      [keys.meta("finalized"), finalized.hash],
      ...this.pruning.rewound(finalized.number),
    );
    for (const [name, value] of own) writes.push([keys.meta(`own:${name}`), value]);
    this.#writer.add(writes);
    return ok(route);
  }

  /** Removes all blocks above a height, on every fork, as one step; gives them, lowest first. The store is then to be opened anew. */
  revertTo(height: number): BlockRef[] {
    invariant(height >= this.#finalized.number, "what is final stays");
    const {writes, removed} = revertWrites({blocks: this.blocks, states: this.#states}, height);
    if (height < this.#best.number) {
      this.#best = {hash: this.blocks.canonical(height)!, number: height};
      writes.push([keys.meta("best"), this.#best.hash]);
    }
    this.#writer.add(writes);
    return removed;
  }

  /** Keeps a proof of finality beside a block that is kept, or forgets it. */
  keepJustification(hash: Uint8Array, justifications: Uint8Array | undefined): void {
    this.#writer.add(this.blocks.withProof(hash, justifications));
  }

  /**
   * Goes on from a block far above, whose state was got from elsewhere and which is known to be final: it becomes the
   * best and the final block at once. The blocks between what was final and it are missing until `fillHistory` brings
   * them; only when it has may the chain leap again. With it go proofs of finality of blocks on the way, and values of
   * the node's own (`setValue`).
   */
  leapTo(
    block: LeapBlock,
    more: {
      justifications?: Iterable<readonly [hash: Uint8Array, justifications: Uint8Array]>;
      own?: ReadonlyMap<string, Uint8Array>;
    } = {},
  ): void {
    invariant(block.number > this.#best.number, "a leap goes forward");
    invariant(this.#gap === undefined, "one leap at a time");
    const retracted = blocksBetween(this.blocks, this.#finalized.number + 1, this.#best.number);
    const writes = this.#writesOf(block);
    writes.push(...retracted.map(({number}): Write => [keys.canonical(number), undefined]));
    writes.push([keys.canonical(block.number), block.hash]);
    if (block.justifications !== undefined) {
      writes.push(...this.blocks.withProof(block.hash, block.justifications));
    }
    for (const [hash, proof] of more.justifications ?? []) {
      writes.push(...this.blocks.withProof(hash, proof));
    }
    for (const [name, value] of more.own ?? []) writes.push([keys.meta(`own:${name}`), value]);
    const ref = {hash: block.hash, number: block.number};
    this.#gap = {above: this.#finalized.number, below: ref};
    writes.push(...this.pruning.leapt({from: this.#gap.above + 1, to: ref.number - 1}));
    this.#best = ref;
    this.#finalized = ref;
    writes.push([keys.meta("best"), ref.hash], [keys.meta("finalized"), ref.hash]);
    writes.push(gapWrite(this.#gap));
    if (!(block.state instanceof TrieState)) writes.push([keys.meta(STATE_IMPORT), undefined]);
    this.#tickets.note(block.hash, this.#writer.add(writes));
    this.index?.discard();
  }

  /** The heights of which nothing is kept because the chain leapt over them; undefined where there are none. */
  get gap(): HistoryGap | undefined {
    return this.#gap;
  }

  /** Keeps the block right below the lowest one known above the gap, without a state. False for any other block. */
  fillHistory(block: Omit<NewBlock, "state">, stateRoot: Uint8Array): boolean {
    const gap = this.#gap;
    if (gap === undefined) return false;
    if (!isParent(block, this.blocks.knownRecord(gap.below.hash))) return false;
    const hasProof =
      block.justifications !== undefined || this.blocks.justifications(block.hash) !== undefined;
    const record = {...recordOf(block, {root: stateRoot, place: NO_STATE}), hasProof};
    // One that was kept before the leap, above what was final then, has its state.
    const isKnown = this.blocks.record(block.hash) !== undefined;
    const body = this.pruning.keepsBody(block.number) ? block.body : undefined;
    const writes = isKnown ? [] : this.#writesOfRecord(record, body);
    writes.push([keys.canonical(block.number), block.hash]);
    if (block.justifications !== undefined) {
      writes.push(...this.blocks.withProof(block.hash, block.justifications));
    }
    this.#gap = narrowedTo(gap, block);
    writes.push(gapWrite(this.#gap));
    this.#tickets.note(block.hash, this.#writer.add(writes));
    return true;
  }

  /** The state after a block; `undefined` for an unknown block, and for one whose state is gone or never came. */
  stateAt(hash: Uint8Array): TrieState | undefined {
    const record = this.blocks.record(hash);
    if (record === undefined || !this.pruning.hasState(record)) return undefined;
    return this.#states.open({root: record.stateRoot, place: record.statePlace});
  }

  /** The state after a block, which `state` is: read by the index where that has it, for those who read and do not build on it. */
  indexed(block: BlockRef, state: StateView): StateView {
    return this.index?.indexed(block, state) ?? state;
  }

  /** A value of the node's own (an offset of a clock, a set of votes), by a name; see `setValue`. */
  value(name: string): Uint8Array | undefined {
    return this.#writer.get(keys.meta(`own:${name}`));
  }

  setValue(name: string, value: Uint8Array | undefined): void {
    this.#writer.add([[keys.meta(`own:${name}`), value]]);
  }

  /** Resolves when the block, or else all that was written so far, is on disk. Rejects with a `StoreFault`. */
  flushed(hash?: Uint8Array): Promise<void> {
    return hash === undefined ? this.#writer.flushed() : this.#tickets.flushed(hash);
  }

  /** Resolves when the disk keeps up: to be awaited before a block is executed. Rejects with a `StoreFault`. */
  room(): Promise<void> {
    return this.#writer.room();
  }

  /** Waits for the disk, then closes. */
  close(): Promise<void> {
    return this.#writer.close();
  }

  #marked(name: string): BlockRef {
    const hash = this.#writer.get(keys.meta(name));
    if (hash === undefined) throw new StoreFault("database-corrupt", `no ${name} block is named`);
    return {hash, number: this.blocks.knownRecord(hash).number};
  }

  /** On a block whose state went, off the best chain, another one may still come that was under way: of no use to anybody. */
  #writesOn(parent: BlockRecord, block: NewBlock): Write[] {
    if (this.pruning.hasState(parent)) {
      this.index?.noteChanges(block, block.state.changesSince(parent.stateRoot));
      return this.#writesOf(block);
    }
    const record = recordOf(block, {root: block.state.root(), place: NO_STATE});
    return this.#writesOfRecord(record, block.body);
  }

  #writesOf(block: LeapBlock): Write[] {
    const {state: given} = block;
    const isHere = !(given instanceof TrieState);
    const {writes, state} = isHere ? {writes: [], state: given} : this.#states.take(given);
    writes.push(...this.#writesOfRecord(recordOf(block, state), block.body));
    return writes;
  }

  #writesOfRecord(record: BlockRecord, body: readonly Uint8Array[] | undefined): Write[] {
    return [...this.blocks.writesOf(record, body), ...this.#known.added(record)];
  }

  #moveBest(record: BlockRef, route: BestChange): Write[] {
    this.#best = {hash: record.hash, number: record.number};
    return [...writesOfRoute(route), [keys.meta("best"), record.hash]];
  }

  #wayTo(hash: Uint8Array) {
    const record = this.blocks.record(hash);
    if (record === undefined || !this.pruning.hasState(record) || this.isStandIn(hash)) {
      return undefined;
    }
    const route = routeTo(this.blocks, this.#best, record);
    const turn = turningPoint(this.blocks, this.#best, route);
    // What is final keeps its state.
    if (turn.number < this.pruning.status().floor) return undefined;
    const finalized = turn.number < this.#finalized.number ? turn : this.#finalized;
    return {record, route, finalized};
  }

  #undoesFinalized({retracted}: BestChange): boolean {
    return retracted.some(block => block.number <= this.#finalized.number);
  }

  #belowFinalized(): Result<never, CommitFailure> {
    return err({code: "below-finalized", finalized: this.#finalized});
  }
}
