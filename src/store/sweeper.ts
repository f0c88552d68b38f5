import {type BinaryString, equalBytes} from "#base";
import type {HashFunction, Held, Place} from "#trie";
import type {BlockRecord} from "./block-record.ts";
import type {BlockRef, BlockStore} from "./block-store.ts";
import type {FormerRuntimes} from "./former-runtimes.ts";
import type {HistoryGap} from "./history-gap.ts";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import {dropsForks, lowestKept, type PruningPolicy, type SparedPallet} from "./pruning-policy.ts";
import {NO_STATE, type StateStore} from "./state-store.ts";
import {encodeProgress, SWEEP_PROGRESS, type SweepProgress} from "./sweep-progress.ts";

/** What of the chain bears on what may go. */
export interface ChainEnds {
  readonly finalized: BlockRef;
  readonly gap: HistoryGap | undefined;
  /** The block that a chain began with, where another one stands for all below it. */
  readonly first: BlockRef | undefined;
}

export interface SweeperParts {
  readonly blocks: BlockStore;
  readonly states: StateStore;
  readonly runtimes: FormerRuntimes;
  readonly hash: HashFunction;
  readonly read: (key: BinaryString) => Uint8Array | undefined;
  readonly write: (writes: readonly Write[]) => void;
  readonly ends: () => ChainEnds;
  readonly policy: () => PruningPolicy;
  /** The lowest height from another one on that is in use by somebody; infinite where none is. */
  readonly lowestPin: (from: number) => number;
  readonly isPinned: (block: Uint8Array) => boolean;
  /** Told before the first node goes of the state at a height of the best chain: which pallets it leaves. Gives what to write. */
  readonly onSpared: (height: number, pallets: readonly SparedPallet[]) => Write[];
}

/** The removal of one state. */
interface Removal {
  readonly held: Iterator<Held>;
  /** Of the first step: in it the state stops being one that is kept. */
  readonly begin: () => Write[];
  readonly end: () => void;
}

/** Heights looked at in one step, where there is nothing to remove. */
const MOST_LOOKS = 1_000;

/**
 * Removes what the policy does not keep, a step at a time: states off the best chain from their ends downwards, then those of the best
 * chain from the lowest on, each compared with the next. A step is one atomic write, and says how far it came.
 */
export class Sweeper {
  readonly progress: SweepProgress;
  readonly #parts: SweeperParts;
  #removal: Removal | undefined;
  #looks = 0;

  constructor(parts: SweeperParts, progress: SweepProgress) {
    this.#parts = parts;
    this.progress = progress;
  }

  /** Removes at most so many nodes and values; false where nothing is left to do. */
  step(most: number): boolean {
    const before = encodeProgress(this.progress);
    this.#looks = MOST_LOOKS;
    this.#raiseFloor();
    const writes: Write[] = [];
    const left = this.#removeStates(most, writes);
    this.#removeBodies(left, writes);
    const isSame = equalBytes(before, encodeProgress(this.progress));
    if (isSame && writes.length === 0) return false;
    this.#parts.write([...writes, [keys.meta(SWEEP_PROGRESS), encodeProgress(this.progress)]]);
    return true;
  }

  /** What was final is not any more: what lies off the best chain above is to be looked at again. */
  rewound(finalized: number): Write[] {
    this.progress.forks = Math.min(this.progress.forks, finalized + 1);
    this.progress.forkBodies = Math.min(this.progress.forkBodies, finalized + 1);
    return [[keys.meta(SWEEP_PROGRESS), encodeProgress(this.progress)]];
  }

  #raiseFloor(): void {
    const {ends, policy, lowestPin} = this.#parts;
    const lowest = lowestKept(policy().states, ends().finalized.number);
    this.progress.floor = Math.max(
      this.progress.floor,
      Math.min(lowest, lowestPin(this.progress.floor)),
    );
  }

  /** Gives how much more may go in this step. */
  #removeStates(most: number, writes: Write[]): number {
    let left = most;
    while (left > 0) {
      if (this.#removal === undefined) {
        this.#removal = this.#nextFork() ?? this.#nextFinal();
        if (this.#removal === undefined) break;
        writes.push(...this.#removal.begin());
      }
      const next = this.#removal.held.next();
      if (next.done) {
        this.#removal.end();
        this.#removal = undefined;
        left--;
        continue;
      }
      const {kind, place, size} = next.value;
      writes.push([kind === "node" ? keys.node(place) : keys.value(place), undefined]);
      this.progress.entries++;
      this.progress.bytes += size;
      left--;
    }
    return left;
  }

  /** The next state off the best chain. */
  #nextFork(): Removal | undefined {
    const {progress} = this;
    if (progress.fork !== undefined) return this.#removeFork(() => []);
    const {blocks, policy, isPinned} = this.#parts;
    if (!dropsForks(policy().states)) return undefined;
    const last = this.#lastFinal();
    while (progress.forks <= last && this.#looks-- > 0) {
      const doomed = this.#offBestAt(progress.forks);
      if (doomed.some(({hash}) => isPinned(hash))) return undefined;
      const [record] = doomed;
      if (record === undefined) {
        progress.forks = this.#above(progress.forks);
        continue;
      }
      const parent = blocks.record(record.parentHash);
      const since = parent?.statePlace ?? NO_STATE;
      return this.#removeFork(() => {
        // Of a parent without a place nobody can say what was added to it: then the nodes stay.
        const place = since === NO_STATE ? NO_STATE : record.statePlace;
        progress.fork = {hash: record.hash, place, since};
        return [blocks.withoutState(record), ...this.#noteForkRuntime(record, parent)];
      });
    }
    return undefined;
  }

  #removeFork(begin: () => Write[]): Removal {
    const {blocks, states} = this.#parts;
    const begun = begin();
    const {hash, place, since} = this.progress.fork!;
    const {stateRoot} = blocks.knownRecord(hash);
    const isOthers = (other: Place) => other <= since;
    return {
      held: states.held({stateRoot, statePlace: place}, isOthers),
      begin: () => begun,
      end: () => {
        this.progress.fork = undefined;
      },
    };
  }

  /** Undefined where it is half gone: then it was noted in the step that began to remove it. */
  #noteRuntime(record: BlockRecord, next: BlockRecord | undefined): Write[] {
    const {states, runtimes, hash} = this.#parts;
    if (next !== undefined && states.hasSameRuntime(record, next) !== false) return [];
    const runtime = states.runtimeIn(record);
    return runtime === undefined
      ? []
      : runtimes.changedAfter(record.number, hash(runtime), runtime);
  }

  #noteForkRuntime(record: BlockRecord, parent: BlockRecord | undefined): Write[] {
    const {states, runtimes, hash} = this.#parts;
    if (parent === undefined || states.hasSameRuntime(record, parent) !== false) return [];
    const runtime = states.runtimeIn(record);
    return runtime === undefined ? [] : runtimes.changedOnFork(record.hash, hash(runtime), runtime);
  }

  /** Up to which height all that is off the best chain lost. In a gap nobody knows yet what is on it. */
  #lastFinal(): number {
    const {finalized, gap} = this.#parts.ends();
    if (gap === undefined || this.progress.floor > gap.below.number) return finalized.number;
    return Math.max(gap.above, Math.min(finalized.number, this.progress.floor - 1));
  }

  /** Blocks off the best chain that have a state, at a height and above these; those above others first. */
  #offBestAt(height: number): BlockRecord[] {
    const {blocks} = this.#parts;
    const found: BlockRecord[] = [];
    const open = blocks
      .hashesAt(height)
      .map(hash => blocks.knownRecord(hash))
      .filter(record => !blocks.isCanonical(record));
    for (let record = open.pop(); record !== undefined; record = open.pop()) {
      if (record.statePlace !== NO_STATE) found.push(record);
      open.push(...blocks.children(record));
    }
    return found.sort((a, b) => b.number - a.number);
  }

  /** The next state of the best chain below the floor, once nothing off the chain stands on it any more. */
  #nextFinal(): Removal | undefined {
    const {progress} = this;
    const {blocks} = this.#parts;
    while (
      progress.states < progress.floor &&
      progress.states + 1 < progress.forks &&
      this.#looks-- > 0
    ) {
      const hash = blocks.canonical(progress.states);
      const record = hash === undefined ? undefined : blocks.knownRecord(hash);
      if (record !== undefined && record.statePlace !== NO_STATE) return this.#removeFinal(record);
      const next = record === undefined ? this.#above(progress.states) : progress.states + 1;
      progress.states = Math.min(next, progress.floor, progress.forks - 1);
    }
    return undefined;
  }

  #removeFinal(record: BlockRecord): Removal {
    const {states, policy, onSpared} = this.#parts;
    const {number} = record;
    const next = this.#successor(record);
    const {pallets} = policy();
    const prefixes = pallets.map(({prefix}) => prefix);
    return {
      held: states.held(record, this.#othersThan(record, next), prefixes),
      begin: () => [...onSpared(number, pallets), ...this.#noteRuntime(record, next)],
      end: () => {
        this.progress.states = number + 1;
      },
    };
  }

  /** The block on the best chain whose state was built on another one's, or the other way where that stands in for those below. */
  #successor({hash, number}: BlockRecord): BlockRecord | undefined {
    const {blocks, ends} = this.#parts;
    const {first} = ends();
    const isStandIn = first !== undefined && number === 0;
    const next = isStandIn ? first.hash : blocks.canonical(number + 1);
    const record = next === undefined ? undefined : blocks.knownRecord(next);
    const isBuiltOn = record !== undefined && equalBytes(record.parentHash, hash);
    return isBuiltOn && record.statePlace !== NO_STATE ? record : undefined;
  }

  #othersThan(record: BlockRecord, next: BlockRecord | undefined): (place: Place) => boolean {
    if (next === undefined) return () => false;
    // A stand-in's state was made of the first block's.
    if (next.statePlace < record.statePlace) return place => place <= next.statePlace;
    const inherited = this.#parts.states.inherited(next, record.statePlace);
    return place => inherited.has(place);
  }

  #removeBodies(most: number, writes: Write[]): void {
    const {progress} = this;
    const {blocks, policy, ends, lowestPin} = this.#parts;
    const {finalized} = ends();
    const mode = policy().blocks;
    const lowest = Math.min(lowestKept(mode, finalized.number), lowestPin(progress.bodies));
    let left = most;
    while (progress.bodies < lowest && left-- > 0) {
      for (const hash of blocks.hashesAt(progress.bodies)) this.#removeBody(hash, writes);
      progress.bodies = Math.min(lowest, this.#above(progress.bodies));
    }
    if (!dropsForks(mode)) return;
    const last = Math.min(this.#lastFinal(), lowestPin(progress.forkBodies) - 1);
    progress.forkBodies = Math.max(progress.forkBodies, progress.bodies);
    while (progress.forkBodies <= last && left-- > 0) {
      const number = progress.forkBodies;
      for (const hash of blocks.hashesAt(number)) {
        if (!blocks.isCanonical({hash, number})) this.#removeBody(hash, writes);
      }
      progress.forkBodies = this.#above(number);
    }
  }

  #removeBody(hash: Uint8Array, writes: Write[]): void {
    const body = this.#parts.read(keys.body(hash));
    if (body === undefined) return;
    writes.push([keys.body(hash), undefined]);
    this.progress.bytes += body.length;
  }

  /** The next height at which there may be blocks. */
  #above(height: number): number {
    const {gap, first} = this.#parts.ends();
    if (first !== undefined && height < first.number) return first.number;
    const isInGap = gap !== undefined && height > gap.above && height < gap.below.number;
    const isEmpty = isInGap && this.#parts.blocks.hashesAt(height).length === 0;
    return isEmpty ? gap.below.number : height + 1;
  }
}
