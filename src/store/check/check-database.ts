import {type BinaryString, bytesToBinary, equalBytes} from "#base";
import {type HashFunction, type Place, storedParts} from "#trie";
import type {BlockRecord} from "../block-record.ts";
import {BlockStore} from "../block-store.ts";
import {isSoundRow, isWhole, NAMES} from "../checked-rows.ts";
import {StoreFault} from "../failures.ts";
import {decodeGap, HISTORY_GAP} from "../history-gap.ts";
import type {KeyValueStore} from "../key-value-store.ts";
import {keys} from "../keys.ts";
import {FIRST_BLOCK} from "../stand-in.ts";
import {NO_STATE, storedNodes} from "../stored-nodes.ts";
import {decodeProgress, SWEEP_PROGRESS, type SweepProgress} from "../sweep-progress.ts";
import type {Damage} from "./damage.ts";
import {LenientRows} from "./lenient-rows.ts";
import {ALWAYS_THERE, type OwnValues, ownValues} from "./own-values.ts";
import {PlaceSet} from "./place-set.ts";

/** What was looked at so far. */
export interface CheckProgress {
  readonly rows: number;
  readonly blocks: number;
  /** Nodes and values of states. */
  readonly parts: number;
}

export interface CheckedDatabase extends CheckProgress {
  readonly damages: readonly Damage[];
  /** Of all nodes and values that something refers to. */
  readonly places: PlaceSet;
  /** Values of the node's own that got lost, as far as they follow from the rest. */
  readonly own: OwnValues;
  /** Where every block of the best chain up to here is whole, with its state where that is kept; undefined where none is. */
  readonly wholeUpTo: number | undefined;
}

/** Rows or parts between two tellings of progress. */
const STEP = 2_000;

/**
 * Over a store as LMDB has it. Told of progress as it goes on. Reads only. `genesis`: the hash of the chain's first block, where
 * somebody knows it.
 */
export function* checkDatabase(
  store: KeyValueStore,
  hash: HashFunction,
  genesis?: Uint8Array,
): Generator<CheckProgress, CheckedDatabase> {
  const check = new DatabaseCheck(store, hash, genesis);
  yield* check.rows();
  yield* check.chain();
  yield* check.states();
  return check.result();
}

class DatabaseCheck {
  readonly #store: KeyValueStore;
  readonly #hash: HashFunction;
  readonly #genesis: Uint8Array | undefined;
  #own: OwnValues = {values: new Map(), notes: []};
  #rows: LenientRows;
  #blocks: BlockStore;
  readonly #damages: Damage[] = [];
  readonly #places = new PlaceSet();
  #count = {rows: 0, blocks: 0, parts: 0};
  #best: number | undefined;
  /** Blocks of the best chain that lack something, by height. */
  #lowestBad = Number.POSITIVE_INFINITY;

  constructor(store: KeyValueStore, hash: HashFunction, genesis: Uint8Array | undefined) {
    this.#store = store;
    this.#hash = hash;
    this.#genesis = genesis;
    this.#rows = new LenientRows(store);
    this.#blocks = new BlockStore(this.#rows);
  }

  *rows(): Generator<CheckProgress> {
    for (const [key, row] of this.#store.range({from: ""})) {
      if (++this.#count.rows % STEP === 0) yield this.#count;
      if (!isSoundRow(key, row)) this.#damages.push({code: "row-damaged", key});
    }
    this.#lostValues();
  }

  /** What is lost of the node's own; the rest is looked at by what of these follows from it. */
  #lostValues(): void {
    const listed = this.#rows.listedNames();
    const has = (key: BinaryString) => this.#store.get(key) !== undefined;
    const names = listed ?? [NAMES, ...ALWAYS_THERE];
    for (const key of names) if (!has(key)) this.#damages.push({code: "row-missing", key});
    const lost = this.#damages.flatMap(damage =>
      "key" in damage && damage.key[0] === NAMES[0] ? [damage.key] : [],
    );
    if (lost.length === 0) return;
    const isListLost = listed === undefined;
    this.#own = ownValues(this.#store, this.#hash, new Set(lost), isListLost, this.#genesis);
    this.#rows = new LenientRows(this.#store, this.#own.values);
    this.#blocks = new BlockStore(this.#rows);
  }

  *chain(): Generator<CheckProgress> {
    const [best] = ["best", "finalized", "genesis"].flatMap(name => this.#head(name));
    if (best === undefined) return;
    this.#best = best.number;
    const gap = decodeGap(this.#rows.get(keys.meta(HISTORY_GAP)));
    const progress = this.#progress();
    let expected: Uint8Array | undefined = best.hash;
    for (let number = best.number; number >= 0; number--) {
      if (gap !== undefined && number > gap.above && number < gap.below.number) {
        number = gap.above;
        expected = undefined;
      }
      if (++this.#count.blocks % STEP === 0) yield this.#count;
      expected = this.#block(number, expected, progress);
      const first = this.#rows.get(keys.meta(FIRST_BLOCK));
      if (expected === undefined && first !== undefined) number = Math.min(number, 1);
    }
  }

  /** Gives the hash of its parent, as far as it can be known. */
  #block(
    number: number,
    expected: Uint8Array | undefined,
    progress: SweepProgress,
  ): Uint8Array | undefined {
    const listed = this.#rows.get(keys.canonical(number));
    const hash = expected ?? listed;
    if (listed === undefined || (expected !== undefined && !equalBytes(listed, expected))) {
      this.#missing(keys.canonical(number), number);
    }
    if (hash === undefined) return undefined;
    const record = this.#blocks.record(hash);
    if (record === undefined) {
      this.#missing(keys.block(hash), number);
      return undefined;
    }
    this.#checkRecord(record, number);
    if (!this.#blocks.hashesAt(number).some(one => equalBytes(one, hash))) {
      this.#missing(keys.height(number), number);
    }
    if (number >= progress.bodies && this.#rows.get(keys.body(hash)) === undefined) {
      this.#missing(keys.body(hash), number);
    }
    if (record.hasProof && this.#rows.get(keys.justifications(hash)) === undefined) {
      this.#missing(keys.justifications(hash), number);
    }
    // The parent of the block that a chain began with may be one that stands for all below it.
    const isFirst = equalBytes(hash, this.#rows.get(keys.meta(FIRST_BLOCK)) ?? new Uint8Array(0));
    return isFirst || number === 0 ? undefined : record.parentHash;
  }

  #checkRecord({hash, header, number: noted}: BlockRecord, number: number): void {
    if (noted === number && equalBytes(this.#hash(header), hash)) return;
    this.#damages.push({code: "block-wrong", hash, number});
    this.#bad(number);
  }

  /** Rows that are damaged were noted before. */
  #missing(key: BinaryString, number: number): void {
    this.#bad(number);
    const row = this.#store.get(key);
    if (row === undefined) this.#damages.push({code: "row-missing", key});
    else if (isWhole(key, row)) this.#damages.push({code: "row-wrong", key});
  }

  /** Of all blocks, those off the best chain as well. */
  *states(): Generator<CheckProgress> {
    if (this.#best === undefined) return;
    const progress = this.#progress();
    for (let number = 0; ; number++) {
      const hashes = this.#blocks.hashesAt(number);
      if (hashes.length === 0 && number > this.#best) return;
      for (const hash of hashes) {
        const record = this.#blocks.record(hash);
        if (record === undefined) this.#missing(keys.block(hash), number);
        else this.#checkFork(record, number, progress);
        if (record === undefined || record.statePlace === NO_STATE || number < progress.floor) {
          continue;
        }
        yield* this.#state(record);
      }
    }
  }

  #checkFork(record: BlockRecord, number: number, {bodies, forkBodies}: SweepProgress): void {
    if (this.#blocks.isCanonical(record)) return;
    this.#checkRecord(record, number);
    const body = keys.body(record.hash);
    const isKept = number >= Math.max(bodies, forkBodies);
    if (isKept && this.#rows.get(body) === undefined) this.#missing(body, number);
  }

  *#state(record: BlockRecord): Generator<CheckProgress> {
    const top = {place: record.statePlace, root: record.stateRoot};
    const isKnown = (link: {readonly place: Place}) => !this.#places.add(link.place);
    for (const part of storedParts(storedNodes(this.#store), this.#hash, top, isKnown)) {
      if (++this.#count.parts % STEP === 0) yield this.#count;
      if (part.found === "whole") continue;
      const code = part.found === "damaged" ? "part-damaged" : "part-missing";
      this.#damages.push({code, part, block: {hash: record.hash, number: record.number}});
      this.#bad(record.number);
    }
  }

  result(): CheckedDatabase {
    const last = Math.min(this.#best ?? -1, this.#lowestBad - 1);
    const damages = dropRepeated(this.#damages);
    const wholeUpTo = last < 0 ? undefined : last;
    return {...this.#count, damages, places: this.#places, own: this.#own, wholeUpTo};
  }

  #bad(number: number): void {
    this.#lowestBad = Math.min(this.#lowestBad, number);
  }

  /** The block that one of the node's own values names, where it is there. */
  #head(name: string): BlockRecord[] {
    const hash = this.#rows.get(keys.meta(name));
    if (hash === undefined) return [];
    const record = this.#blocks.record(hash);
    if (record === undefined) this.#missing(keys.block(hash), 0);
    return record === undefined ? [] : [record];
  }

  #progress(): SweepProgress {
    try {
      return decodeProgress(this.#rows.get(keys.meta(SWEEP_PROGRESS)));
    } catch (error) {
      if (error instanceof StoreFault) return decodeProgress(undefined);
      throw error;
    }
  }
}

/** A row that several come upon is one damage. */
function dropRepeated(damages: readonly Damage[]): Damage[] {
  const seen = new Set<string>();
  return damages.filter(damage => {
    const name = "key" in damage ? damage.key : "hash" in damage ? bytesToBinary(damage.hash) : "";
    if (name === "") return true;
    const isNew = !seen.has(`${damage.code}${name}`);
    seen.add(`${damage.code}${name}`);
    return isNew;
  });
}
