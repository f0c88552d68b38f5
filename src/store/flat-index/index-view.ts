import type {BinaryString} from "#base";
import {ASK_TRIE, type IndexCursor, type StateIndex} from "#state";
import {ABSENT, IN_TRIE, type Known} from "./row.ts";
import {DAMAGED, type RowPage, type RowRange} from "./row-block.ts";
import type {Run} from "./run.ts";

/** Where a view reads. */
export interface ViewSource {
  /** Another number where `runsOf` may give something else than before. */
  readonly epoch: number;
  /** What lies over the rows to make a block's state of them, the newest first; undefined where that is not known any more. */
  runsOf(block: Uint8Array): readonly Run[] | undefined;
  /** What the rows know of a key. */
  find(key: BinaryString): Known | typeof DAMAGED;
  /** The block of rows that a key belongs to; undefined where it is damaged. */
  rowsAt(key: BinaryString): RowPage | undefined;
  rangeAt(key: BinaryString): RowRange;
}

/** The state after one block, by the index. */
export class IndexView implements StateIndex {
  readonly #source: ViewSource;
  readonly #block: Uint8Array;
  #runs: readonly Run[] | undefined;
  #epoch = -1;

  constructor(source: ViewSource, block: Uint8Array) {
    this.#source = source;
    this.#block = block;
  }

  /** Whether it can answer now. */
  get isCurrent(): boolean {
    return this.#runsNow() !== undefined;
  }

  get(key: BinaryString): Uint8Array | undefined | typeof ASK_TRIE {
    const known = this.#known(key);
    if (known === ABSENT) return undefined;
    return known === IN_TRIE || known === DAMAGED ? ASK_TRIE : known;
  }

  has(key: BinaryString): boolean | typeof ASK_TRIE {
    const known = this.#known(key);
    return known === DAMAGED ? ASK_TRIE : known !== ABSENT;
  }

  #known(key: BinaryString): Known | typeof DAMAGED {
    const runs = this.#runsNow();
    if (runs === undefined) return DAMAGED;
    for (const run of runs) {
      const known = run.rows.get(key);
      if (known !== undefined) return known;
    }
    return this.#source.find(key);
  }

  #runsNow(): readonly Run[] | undefined {
    const {epoch} = this.#source;
    if (epoch !== this.#epoch || this.#runs === undefined) {
      this.#runs = this.#source.runsOf(this.#block);
      this.#epoch = epoch;
    }
    return this.#runs;
  }

  cursor(from: BinaryString, isAfter: boolean): IndexCursor {
    const runs = this.#runsNow();
    if (runs === undefined) return {next: () => ASK_TRIE, value: () => ASK_TRIE};
    return new Cursor(this.#source, runs, () => this.isCurrent, from, isAfter);
  }
}

/** Where a cursor stands in a run. */
interface RunPosition {
  readonly run: Run;
  readonly keys: readonly BinaryString[];
  at: number;
}

/**
 * Goes through runs and rows together. What it began with stays right while rows move on, since runs tell what they told, and lie over
 * rows of any state up to theirs; only a state that the index gave up ends it.
 */
class Cursor implements IndexCursor {
  readonly #source: ViewSource;
  readonly #isCurrent: () => boolean;
  readonly #runs: RunPosition[];
  #block: RowPage | undefined;
  #at = 0;
  /** The end of the block of rows; undefined behind the last. */
  #high: BinaryString | undefined;
  #isEnd = false;
  #isLost = false;
  #rowKey: BinaryString | undefined;
  /** Of the key that was given last: what a run tells, or else where its row is. */
  #known: Known | undefined;
  #knownBlock: RowPage | undefined;
  #knownAt = 0;

  constructor(
    source: ViewSource,
    runs: readonly Run[],
    isCurrent: () => boolean,
    from: BinaryString,
    isAfter: boolean,
  ) {
    this.#source = source;
    this.#isCurrent = isCurrent;
    this.#runs = runs.map(run => {
      const keys = run.keys();
      const at = run.indexFrom(from);
      return {run, keys, at: isAfter && keys[at] === from ? at + 1 : at};
    });
    this.#open(from);
    if (isAfter && this.#rowKey === from) this.#step();
  }

  /** Sets out at the first row not below a key. */
  #open(from: BinaryString): void {
    const block = this.#source.rowsAt(from);
    const range = this.#source.rangeAt(from);
    if (block === undefined || block.low !== range.low || block.high !== range.high) {
      this.#isLost = true;
      return;
    }
    this.#block = block;
    this.#high = block.high;
    const place = block.place(from);
    this.#at = place < 0 ? ~place : place;
    // What was not found may be there, and damaged.
    if (place < 0 && !block.provesAbsent(from, ~place)) this.#isLost = true;
    else this.#settle();
  }

  #step(): void {
    this.#at++;
    this.#settle();
  }

  /** Goes on to where there is a row, in a block behind this one if need be. */
  #settle(): void {
    this.#rowKey = undefined;
    if (this.#at < this.#block!.count) {
      this.#rowKey = this.#block!.key(this.#at);
      if (this.#rowKey === undefined) this.#isLost = true;
    } else if (this.#high === undefined) {
      this.#isEnd = true;
    } else {
      this.#open(this.#high);
    }
  }

  next(): BinaryString | undefined | typeof ASK_TRIE {
    for (;;) {
      if (this.#isLost || !this.#isCurrent()) return ASK_TRIE;
      let key = this.#isEnd ? undefined : this.#rowKey!;
      let known: Known | undefined;
      for (const {keys, at, run} of this.#runs) {
        const own = keys[at];
        if (own === undefined || (key !== undefined && own > key)) continue;
        // Of those that tell of the same key the first is the newest.
        if (own !== key || known === undefined) known = run.rows.get(own)!;
        key = own;
      }
      if (key === undefined) return undefined;
      for (const position of this.#runs) if (position.keys[position.at] === key) position.at++;
      this.#known = known;
      this.#knownBlock = this.#block;
      this.#knownAt = this.#at;
      if (!this.#isEnd && this.#rowKey === key) this.#step();
      if (known !== ABSENT) return key;
    }
  }

  value(): Uint8Array | typeof ASK_TRIE {
    const known = this.#known ?? this.#knownBlock!.row(this.#knownAt);
    return known instanceof Uint8Array ? known : ASK_TRIE;
  }
}
