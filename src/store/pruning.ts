import {type BinaryString, bytesToBinary} from "#base";
import {memoryState, type TrieState, WithinPrefixes} from "#state";
import type {HashFunction} from "#trie";
import {type BlockRecord, decodeItems} from "./block-record.ts";
import type {BlockRef, BlockStore} from "./block-store.ts";
import {FormerRuntimes, RUNTIME_KEYS} from "./former-runtimes.ts";
import {
  decodeRanges,
  encodeRanges,
  type HeightRange,
  nearestHeight,
  withoutHeights,
} from "./height-ranges.ts";
import {
  decodePolicy,
  decodeRuns,
  encodePolicy,
  encodeRuns,
  PRUNING_POLICY,
  SPARED_RUNS,
  type SparedRun,
  samePallets,
} from "./kept-policy.ts";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import {
  formatPruning,
  KEEP_ALL,
  lowestKept,
  type PruningPolicy,
  type SparedPallet,
} from "./pruning-policy.ts";
import {STATE_IMPORT} from "./state-import.ts";
import {NO_STATE, type StateRef, type StateStore} from "./state-store.ts";
import {decodeProgress, SWEEP_PROGRESS, type SweepProgress} from "./sweep-progress.ts";
import {type ChainEnds, Sweeper} from "./sweeper.ts";

/** What is held, as ranges of heights of the best chain. */
export interface HeldRanges {
  readonly headers: readonly HeightRange[];
  readonly bodies: readonly HeightRange[];
  readonly states: readonly HeightRange[];
}

/** How pruning stands. */
export interface PruningStatus {
  readonly policy: PruningPolicy;
  /** The lowest height whose state counts as kept. */
  readonly floor: number;
  /** States that count as gone and are still to be removed. */
  readonly behind: number;
  readonly bodiesFrom: number;
  /** Nodes and values removed since the database was begun, and bytes of all that was. */
  readonly entriesRemoved: number;
  readonly bytesRemoved: number;
}

/** A state of which only some pallets stayed. */
export interface SparedState {
  readonly state: WithinPrefixes;
  readonly pallets: readonly SparedPallet[];
}

export interface PruningParts {
  readonly store: KeyValueStore;
  readonly writer: {
    get(key: BinaryString): Uint8Array | undefined;
    add(writes: readonly Write[]): unknown;
  };
  readonly blocks: BlockStore;
  readonly states: StateStore;
  readonly hash: HashFunction;
  /** Has what stands on states below a height move on, a little at a time; false where nothing does. */
  readonly makeWay?: (lowest: number) => boolean;
  /** With the best block. */
  readonly ends: () => ChainEnds & {readonly best: BlockRef};
}

/** Name of the value that says of which heights blocks came without states. */
export const STATELESS = "stateless-heights";

/** What of the chain is kept: by which policy, which part is gone, and what still tells of that. */
export class Pruning {
  readonly #parts: PruningParts;
  readonly #sweeper: Sweeper;
  readonly #runtimes: FormerRuntimes;
  readonly #pins = new Map<BinaryString, {number: number; count: number}>();
  #policy: PruningPolicy;
  #runs: SparedRun[];
  #stateless: HeightRange[];

  constructor(parts: PruningParts) {
    const {writer, blocks, states, hash, ends} = parts;
    this.#parts = parts;
    const meta = (name: string) => writer.get(keys.meta(name));
    const policy = meta(PRUNING_POLICY);
    this.#policy = policy === undefined ? KEEP_ALL : decodePolicy(policy);
    this.#runs = decodeRuns(meta(SPARED_RUNS) ?? encodeRuns([]));
    this.#stateless = decodeRanges(meta(STATELESS) ?? new Uint8Array(0));
    this.#runtimes = new FormerRuntimes(writer, parts.store);
    this.#sweeper = new Sweeper(
      {
        blocks,
        states,
        runtimes: this.#runtimes,
        hash,
        read: key => writer.get(key),
        write: writes => void writer.add(writes),
        ends,
        policy: () => this.#policy,
        lowestPin: from => this.#lowestPin(from),
        isPinned: block => this.#pins.has(bytesToBinary(block)),
        onSpared: (height, pallets) => this.#noteSpared(height, pallets),
      },
      decodeProgress(meta(SWEEP_PROGRESS)),
    );
  }

  /** To be called where something on disk was mended. */
  mended(): void {
    this.#parts.states.readAnew();
  }

  get policy(): PruningPolicy {
    return this.#policy;
  }

  /** From now on this is kept: what is gone stays gone, what is too much goes step by step. */
  setPolicy(policy: PruningPolicy): void {
    this.#policy = policy;
    this.#parts.writer.add([[keys.meta(PRUNING_POLICY), encodePolicy(policy)]]);
  }

  /**
   * Removes at most so many nodes, values and bodies, as one atomic step, once nothing stands on them any more that can move on;
   * false where nothing is left to do.
   */
  step(most: number): boolean {
    const lowest = lowestKept(this.#policy.states, this.#parts.ends().finalized.number);
    if (this.#parts.makeWay?.(lowest) === true) return true;
    return this.#sweeper.step(most);
  }

  status(): PruningStatus {
    const {floor, states, bodies, entries, bytes} = this.#progress;
    return {
      policy: this.#policy,
      floor,
      behind: floor - states,
      bodiesFrom: bodies,
      entriesRemoved: entries,
      bytesRemoved: bytes,
    };
  }

  /** Whether the state of a block that is kept can be read. */
  hasState({number, statePlace}: Pick<BlockRecord, "number" | "statePlace">): boolean {
    return statePlace !== NO_STATE && number >= this.#progress.floor;
  }

  /** Whether the body of a block that is kept has to be there. */
  hasBody({number}: Pick<BlockRecord, "number">, isCanonical: () => boolean): boolean {
    const {bodies, forkBodies} = this.#progress;
    return number >= bodies && (number >= forkBodies || isCanonical());
  }

  /** Whether a block that comes now keeps its body. */
  keepsBody(number: number): boolean {
    return number >= this.#progress.bodies;
  }

  /** Keeps what is there of a block, and all above it, until what it returns is called. */
  pin({hash, number}: BlockRef): () => void {
    const key = bytesToBinary(hash);
    const pin = this.#pins.get(key) ?? {number, count: 0};
    pin.count++;
    this.#pins.set(key, pin);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      pin.count--;
      if (pin.count === 0) this.#pins.delete(key);
    };
  }

  /** What to write where the chain goes on far above and no state between is kept. */
  leapt(range: HeightRange): Write[] {
    if (range.from > range.to) return [];
    this.#stateless.push(range);
    return [[keys.meta(STATELESS), encodeRanges(this.#stateless)]];
  }

  /** Whether the state of a block could be put back: it is of the best chain, came without one, and lies above the floor. */
  lacksState(record: BlockRecord): boolean {
    const {number, statePlace} = record;
    const isKept = statePlace === NO_STATE && number >= this.#progress.floor;
    return isKept && this.#parts.blocks.isCanonical(record);
  }

  /** Keeps the state of a block that lacks it, as a `StateImport` brought it. */
  fillState(record: BlockRecord, {place}: StateRef): void {
    const {blocks, writer} = this.#parts;
    const {number} = record;
    this.#stateless = withoutHeights(this.#stateless, [{from: number, to: number}]);
    writer.add([
      [keys.meta(STATE_IMPORT), undefined],
      blocks.withState(record, place),
      [keys.meta(STATELESS), encodeRanges(this.#stateless)],
    ]);
  }

  rewound(finalized: number): Write[] {
    return this.#sweeper.rewound(finalized);
  }

  ranges(): HeldRanges {
    const {best, gap, first} = this.#parts.ends();
    const {floor, bodies} = this.#progress;
    const holes = [
      ...(first === undefined ? [] : [{from: 1, to: first.number - 1}]),
      ...(gap === undefined ? [] : [{from: gap.above + 1, to: gap.below.number - 1}]),
    ];
    const above = (from: number) => withoutHeights([{from, to: best.number}], holes);
    return {
      headers: above(0),
      bodies: above(bodies),
      states: withoutHeights(above(floor), this.#stateless),
    };
  }

  /** The height closest to another one at which a state is kept. */
  nearestState(height: number): number | undefined {
    return nearestHeight(this.ranges().states, height);
  }

  /** What stayed of the state of a block on the best chain that is gone; undefined where nothing did. */
  spared(record: BlockRecord): SparedState | undefined {
    const {number, statePlace: place, stateRoot: root} = record;
    const {blocks, states} = this.#parts;
    if (place === NO_STATE || this.hasState(record) || !blocks.isCanonical(record))
      return undefined;
    const {pallets} =
      number < this.#progress.states
        ? (this.#runs.findLast(({from}) => from <= number) ?? {pallets: []})
        : this.#policy;
    if (pallets.length === 0) return undefined;
    const prefixes = pallets.map(({prefix}) => prefix);
    return {state: new WithinPrefixes(states.open({root, place}), prefixes), pallets};
  }

  /** A state with nothing but the runtime of a block whose state is gone; undefined where that never was here. */
  runtimeAlone(record: BlockRecord): TrieState | undefined {
    const runtime = this.#runtimeOf(record);
    if (runtime === undefined) return undefined;
    const parts = decodeItems(runtime).map((part, i) => [RUNTIME_KEYS[i]!, part] as const);
    return memoryState(
      parts.filter(([, part]) => part.length > 0),
      this.#parts.hash,
    );
  }

  #runtimeOf(record: BlockRecord): Uint8Array | undefined {
    const {blocks, states} = this.#parts;
    let at: BlockRecord | undefined = record;
    while (at !== undefined && !blocks.isCanonical(at)) {
      const own = this.#runtimes.ofFork(at.hash);
      if (own !== undefined) return own;
      if (this.hasState(at)) return states.runtimeIn(at);
      at = blocks.record(at.parentHash);
    }
    return at === undefined ? undefined : this.#runtimeOfCanonical(at);
  }

  #runtimeOfCanonical({number, statePlace}: BlockRecord): Uint8Array | undefined {
    if (statePlace === NO_STATE) return undefined;
    const {blocks, states} = this.#parts;
    const known = this.#runtimes.at(number);
    if (known !== undefined) return known;
    // Nothing changed since up to where states are whole; the lowest of them may be half gone.
    for (let height = Math.max(number, this.#progress.states); ; height++) {
      const hash = blocks.canonical(height);
      const record = hash === undefined ? undefined : blocks.record(hash);
      if (record === undefined || record.statePlace === NO_STATE) return undefined;
      const runtime = states.runtimeIn(record);
      if (runtime !== undefined || height > this.#progress.states) return runtime;
    }
  }

  #lowestPin(from: number): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (const {number} of this.#pins.values()) {
      if (number >= from) lowest = Math.min(lowest, number);
    }
    return lowest;
  }

  get #progress(): Readonly<SweepProgress> {
    return this.#sweeper.progress;
  }

  #noteSpared(from: number, pallets: readonly SparedPallet[]): Write[] {
    if (samePallets(this.#runs.at(-1)?.pallets ?? [], pallets)) return [];
    this.#runs.push({from, pallets});
    return [[keys.meta(SPARED_RUNS), encodeRuns(this.#runs)]];
  }
}

/** Whether two policies keep the same. */
export const samePolicy = (a: PruningPolicy, b: PruningPolicy): boolean =>
  formatPruning(a.states) === formatPruning(b.states) &&
  formatPruning(a.blocks) === formatPruning(b.blocks) &&
  samePallets(a.pallets, b.pallets);
