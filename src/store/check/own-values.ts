import {type BinaryString, bytesToBinary, equalBytes} from "#base";
import type {HashFunction} from "#trie";
import type {BlockRecord} from "../block-record.ts";
import {encodeRanges, type HeightRange} from "../height-ranges.ts";
import {decodeGap, encodeGap, HISTORY_GAP, type HistoryGap} from "../history-gap.ts";
import {encodePolicy, PRUNING_POLICY, SPARED_RUNS} from "../kept-policy.ts";
import type {KeyValueStore} from "../key-value-store.ts";
import {keys, placeOfKey, SCHEMA_VERSION} from "../keys.ts";
import {STATELESS} from "../pruning.ts";
import {KEEP_ALL} from "../pruning-policy.ts";
import {FIRST_BLOCK} from "../stand-in.ts";
import {STATE_IMPORT} from "../state-import.ts";
import {encodePlace, LAST_PLACE, NO_STATE} from "../state-store.ts";
import {
  decodeProgress,
  encodeProgress,
  SWEEP_PROGRESS,
  type SweepProgress,
} from "../sweep-progress.ts";
import {ChainRecords} from "./chain-records.ts";
import {LenientRows} from "./lenient-rows.ts";
import {sweptByRows} from "./swept-by-rows.ts";

/** Values without which there is no database. */
export const ALWAYS_THERE: readonly BinaryString[] = [
  "schema",
  "genesis",
  "best",
  "finalized",
  PRUNING_POLICY,
  LAST_PLACE,
].map(keys.meta);

/** Those that there may be, and of which it follows from the blocks whether there were. */
const FOLLOWING: readonly BinaryString[] = [
  FIRST_BLOCK,
  HISTORY_GAP,
  STATELESS,
  SWEEP_PROGRESS,
  SPARED_RUNS,
  STATE_IMPORT,
].map(keys.meta);

/** Values of the node's own that got lost, as far as they follow from the rest. */
export interface OwnValues {
  /** Undefined for one that is not to be there. What nothing tells is not among them. */
  readonly values: ReadonlyMap<BinaryString, Uint8Array | undefined>;
  /** For people: what is not as it was, or not known any more. */
  readonly notes: readonly string[];
}

/**
 * `lost`: which are; where the list of them is lost as well, any may be. `genesis`: the hash of the chain's first block, where
 * somebody knows it. Looks at all blocks, and at the lowest states where it is lost how far pruning came.
 */
export function ownValues(
  store: KeyValueStore,
  hash: HashFunction,
  lost: ReadonlySet<BinaryString>,
  isListLost: boolean,
  genesis: Uint8Array | undefined,
): OwnValues {
  const gone = isListLost ? FOLLOWING.filter(key => store.get(key) === undefined) : [];
  const wanted = new Set([...lost, ...gone]);
  if (![...ALWAYS_THERE, ...FOLLOWING].some(key => wanted.has(key))) {
    return {values: new Map(), notes: []};
  }
  return new Derivation(store, hash, wanted, genesis).derive();
}

class Derivation {
  readonly #store: KeyValueStore;
  readonly #hash: HashFunction;
  readonly #wanted: ReadonlySet<BinaryString>;
  readonly #known: Uint8Array | undefined;
  readonly #values = new Map<BinaryString, Uint8Array | undefined>();
  readonly #notes: string[] = [];
  readonly #rows: LenientRows;
  readonly #records: ChainRecords;
  #sweep: SweepProgress | undefined;

  constructor(
    store: KeyValueStore,
    hash: HashFunction,
    wanted: ReadonlySet<BinaryString>,
    genesis: Uint8Array | undefined,
  ) {
    this.#store = store;
    this.#hash = hash;
    this.#wanted = wanted;
    this.#known = genesis;
    this.#rows = new LenientRows(store, this.#values);
    this.#records = new ChainRecords(store, this.#rows);
  }

  derive(): OwnValues {
    // A database of another layout has no row that fits a checksum of this one.
    if (this.#records.size === 0) return {values: new Map(), notes: []};
    this.#fill("schema", () => Uint8Array.of(SCHEMA_VERSION, 0, 0, 0));
    this.#fill("genesis", () => this.#genesis());
    this.#fill(FIRST_BLOCK, () => this.#first());
    this.#ends();
    this.#fill(HISTORY_GAP, () => this.#gap());
    this.#fill(LAST_PLACE, () => this.#lastPlace());
    this.#fill(PRUNING_POLICY, () => {
      this.#notes.push(
        "what is to be kept was lost: all is, until the node is started with --state-pruning, --blocks-pruning or --keep-pallet",
      );
      return encodePolicy(KEEP_ALL);
    });
    this.#fill(SWEEP_PROGRESS, () => this.#progress());
    this.#fill(STATELESS, () => this.#stateless());
    this.#drop(SPARED_RUNS, "which pallets stayed of pruned states was lost: none counts as kept");
    this.#drop(STATE_IMPORT, "an import of a state that was not whole was lost: it begins anew");
    return {values: this.#values, notes: this.#notes};
  }

  #fill(name: string, derive: () => Uint8Array | undefined): void {
    const key = keys.meta(name);
    if (!this.#wanted.has(key)) return;
    const value = derive();
    if (value !== undefined || FOLLOWING.includes(key)) this.#values.set(key, value);
  }

  /** Where the list is whole, one was there. Where it is not, nobody knows. */
  #drop(name: string, note: string): void {
    const key = keys.meta(name);
    if (!this.#wanted.has(key)) return;
    this.#values.set(key, undefined);
    if (this.#rows.listedNames()?.includes(key) === true) this.#notes.push(note);
  }

  #genesis(): Uint8Array | undefined {
    const [record, ...others] = this.#records.byHeight.get(0) ?? [];
    if (record === undefined) return this.#known;
    const isItself = equalBytes(this.#hash(record.header), record.hash);
    const isKnown = this.#known === undefined || equalBytes(this.#known, record.hash);
    return isItself && isKnown && others.length === 0 ? record.hash : undefined;
  }

  /** A block that was not made right on the one whose child it is. */
  #first(): Uint8Array | undefined {
    const genesis = this.#named("genesis");
    if (genesis === undefined) return undefined;
    for (const [number, blocks] of this.#records.byHeight) {
      if (number < 2) continue;
      const first = blocks.find(({parentHash}) => equalBytes(parentHash, genesis.hash));
      if (first !== undefined) return first.hash;
    }
    return undefined;
  }

  #ends(): void {
    const top = this.#topOfBestChain();
    this.#fill("finalized", () => this.#finalized(this.#named("best") ?? top)?.hash);
    this.#fill("best", () => {
      const finalized = this.#named("finalized");
      if (finalized === undefined) return top?.hash;
      const isOn = (record: BlockRecord) => this.#records.standsOn(record, finalized);
      if (top !== undefined && isOn(top)) return top.hash;
      return (this.#highest(isOn) ?? finalized).hash;
    });
  }

  /** The row at the highest height goes with the best block, in one write. */
  #topOfBestChain(): BlockRecord | undefined {
    let top: BlockRecord | undefined;
    for (const [key] of this.#store.range({from: "c", to: "d"})) {
      top = this.#records.of(this.#rows.get(key)) ?? top;
    }
    return top ?? this.#highest(() => true);
  }

  /** The highest block that has its state; of several the one whose hash sorts first, so that everybody finds the same. */
  #highest(isMeant: (record: BlockRecord) => boolean): BlockRecord | undefined {
    return this.#highestOf(record => record.statePlace !== NO_STATE && isMeant(record));
  }

  #highestOf(isMeant: (record: BlockRecord) => boolean): BlockRecord | undefined {
    for (const height of this.#records.heightsFromTop) {
      const blocks = this.#records.byHeight.get(height)!;
      const [first] = blocks
        .filter(isMeant)
        .sort((a, b) => (bytesToBinary(a.hash) < bytesToBinary(b.hash) ? -1 : 1));
      if (first !== undefined) return first;
    }
    return undefined;
  }

  /** The highest one that a proof shows to be final, or that was final where the rest says so. */
  #finalized(best: BlockRecord | undefined): BlockRecord | undefined {
    const floor = this.#floor(best);
    const isShown = ({hasProof, number}: BlockRecord) => hasProof || number <= floor;
    let final: BlockRecord | undefined;
    for (const record of this.#records.down(best)) {
      if (isShown(record)) {
        final = record;
        break;
      }
    }
    // Where the walk ends the chain leapt to, which is final; or there is a hole, and what stands above it is not final for that.
    final ??= this.#records.of(this.#gapBelow(best)?.below.hash) ?? this.#highestOf(isShown);
    if (final !== undefined) {
      this.#notes.push(
        `which block was final was lost: ${final.number} is the highest that this database shows to be`,
      );
    }
    return final;
  }

  /** Pruning stays below what is final; what a chain leapt to is. */
  #floor(best: BlockRecord | undefined): number {
    const gap = decodeGap(this.#rows.get(keys.meta(HISTORY_GAP)));
    return Math.max(this.#swept(best)?.floor ?? 0, gap?.below.number ?? 0);
  }

  #swept(last: BlockRecord | undefined): SweepProgress | undefined {
    const key = keys.meta(SWEEP_PROGRESS);
    if (!this.#wanted.has(key)) return decodeProgress(this.#rows.get(key));
    if (last === undefined) return undefined;
    const parts = {store: this.#store, hash: this.#hash, rows: this.#rows};
    this.#sweep ??= sweptByRows(parts, this.#records, last);
    return this.#sweep;
  }

  #gap(): Uint8Array | undefined {
    const gap = this.#gapBelow(this.#named("best"));
    return gap === undefined ? undefined : encodeGap(gap);
  }

  /** Where nothing at all is known of the block below one, the chain leapt to that one. */
  #gapBelow(best: BlockRecord | undefined): HistoryGap | undefined {
    const first = this.#rows.get(keys.meta(FIRST_BLOCK));
    let lowest: BlockRecord | undefined;
    for (const record of this.#records.down(best)) {
      lowest = record;
      // What its parent is stands for all below.
      if (first !== undefined && equalBytes(record.hash, first)) return undefined;
    }
    if (lowest === undefined || lowest.number === 0) return undefined;
    const below = lowest.number - 1;
    const isKnown = [keys.canonical(below), keys.height(below), keys.body(lowest.parentHash)].some(
      key => this.#rows.get(key) !== undefined,
    );
    if (isKnown) return undefined;
    const {hash, number} = lowest;
    for (let above = below; above >= 0; above--) {
      const canonical = this.#rows.get(keys.canonical(above));
      if (canonical !== undefined) return {above, below: {hash, number}};
    }
    return undefined;
  }

  #lastPlace(): Uint8Array {
    let last = 0;
    for (const [from, to] of [
      ["s", "t"],
      ["w", "x"],
    ] as const) {
      for (const [key] of this.#store.range({from, to})) last = Math.max(last, placeOfKey(key));
    }
    for (const blocks of this.#records.byHeight.values()) {
      for (const {statePlace} of blocks) last = Math.max(last, statePlace);
    }
    return encodePlace(last);
  }

  #progress(): Uint8Array | undefined {
    const progress = this.#swept(this.#named("finalized"));
    if (progress === undefined) return undefined;
    const {floor, bodies, forkBodies} = progress;
    if (floor > 0 || forkBodies > 0) {
      this.#notes.push(
        `how far pruning came was lost: states below block ${floor}, bodies below ${bodies} and bodies off the best chain below ${forkBodies} are not all there, and count as pruned; nobody can say whether all of them were`,
      );
    }
    return encodeProgress(progress);
  }

  #stateless(): Uint8Array | undefined {
    const ranges: HeightRange[] = [];
    const gap = decodeGap(this.#rows.get(keys.meta(HISTORY_GAP)));
    const from = gap === undefined ? undefined : gap.above + 1;
    const heights = [...this.#records.down(this.#named("best"))]
      .filter(({statePlace}) => statePlace === NO_STATE)
      .map(({number}) => number)
      .reverse();
    if (gap !== undefined && from! < gap.below.number) {
      ranges.push({from: from!, to: gap.below.number - 1});
    }
    for (const number of heights) {
      const last = ranges.at(-1);
      if (last !== undefined && last.to === number - 1) {
        ranges[ranges.length - 1] = {from: last.from, to: number};
      } else ranges.push({from: number, to: number});
    }
    return ranges.length === 0 ? undefined : encodeRanges(ranges);
  }

  #named(name: string): BlockRecord | undefined {
    return this.#records.of(this.#rows.get(keys.meta(name)));
  }
}
