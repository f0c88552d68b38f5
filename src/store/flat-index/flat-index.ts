import {type BinaryString, bytesToBinary, equalBytes, LruCache} from "#base";
import {type Change, IndexedState, type StateIndex, type StateView, TrieState} from "#state";
import {TrieFault} from "#trie";
import type {BlockRecord} from "../block-record.ts";
import type {BlockRef} from "../block-store.ts";
import type {Write} from "../key-value-store.ts";
import {keys} from "../keys.ts";
import {checkRows} from "./check-rows.ts";
import {
  type FlatIndexParts,
  type FlatIndexStatus,
  INDEX_PACE,
  type IndexPace,
  LOOKED_AGAIN,
  type Move,
  VIEWS,
  type Work,
} from "./index-parts.ts";
import {
  encodeIndexProgress,
  INDEX_PROGRESS,
  type IndexProgress,
  readIndexProgress,
} from "./index-progress.ts";
import {IndexView, type ViewSource} from "./index-view.ts";
import {type BlockLink, Layers} from "./layers.ts";
import type {Known} from "./row.ts";
import {DAMAGED, type DecodedBlock, type RowPage, type RowRange} from "./row-block.ts";
import {Run} from "./run.ts";
import {buildBlocks, changesBetween, gatherChanges, rowsOfRange, runOf} from "./state-changes.ts";
import {StoredRows} from "./stored-rows.ts";

/**
 * The newest states as a sorted map. On disk are the rows of one final state, or of two while they move from one to the next; what changed since
 * lies over them in memory, and is found again by comparing tries.
 */
export class FlatIndex implements ViewSource {
  readonly #parts: FlatIndexParts;
  readonly #pace: IndexPace;
  readonly #rows: StoredRows;
  /** What is done before it can be read; undefined where it can. */
  #work: Work | undefined;
  /** The state that the rows are of, or were before the move. */
  #at: BlockRef | undefined;
  #move: Move | undefined;
  /** From there on to the base of the layers. */
  #since = new Run();
  #layers: Layers;
  #epoch = 0;
  readonly #damaged = new Set<BinaryString>();
  #repaired = 0;
  #isGivenUp = false;
  /** The height up to which the state counts as too small; undefined where it does not. */
  #smallUntil: number | undefined;
  readonly #views = new LruCache<BinaryString, IndexView>(VIEWS);

  /** `wanted`: false where there is to be none, which is so where nothing is said. */
  static open(parts: FlatIndexParts, wanted: boolean | IndexPace = false): FlatIndex | undefined {
    if (wanted === false) return undefined;
    return new FlatIndex(parts, wanted === true ? INDEX_PACE : wanted);
  }

  private constructor(parts: FlatIndexParts, pace: IndexPace) {
    this.#parts = parts;
    this.#pace = pace;
    this.#rows = new StoredRows(parts, pace.memory);
    this.#layers = this.#layersOver(parts.finalized());
    const progress = readIndexProgress(parts.writer);
    const blocks = [progress?.at, progress?.to].map(hash => hash && parts.blocks.record(hash));
    const isLost = [progress?.at, progress?.to].some(
      (hash, i) => hash !== undefined && (!blocks[i] || !parts.stateOf(blocks[i]!)),
    );
    if (progress === undefined || isLost) this.#begin();
    else this.#goOn(progress, blocks);
  }

  get isReady(): boolean {
    return this.#at !== undefined && this.#work === undefined && !this.#isGivenUp;
  }

  /** What is under way with the rows on disk. */
  progress(): "none" | "making" | "moving" | "standing" {
    if (this.#at === undefined) return this.#move === undefined ? "none" : "making";
    return this.#move === undefined ? "standing" : "moving";
  }

  status(): FlatIndexStatus {
    return {
      isReady: this.isReady,
      blocks: this.#rows.count,
      bytes:
        this.#rows.bytes + this.#since.bytes + (this.#move?.run.bytes ?? 0) + this.#layers.bytes,
      damaged: this.#damaged.size,
      repaired: this.#repaired,
    };
  }

  /** The state after a block by the index; undefined where it cannot be read so. */
  viewOf(block: BlockRef): StateIndex | undefined {
    const isAbove = this.isReady && block.number >= this.#layers.base.number;
    if (!isAbove) return undefined;
    const key = bytesToBinary(block.hash);
    const view = this.#views.get(key) ?? new IndexView(this, block.hash);
    this.#views.set(key, view);
    return view.isCurrent ? view : undefined;
  }

  /** The same state, read by the index where it can be. */
  indexed(block: BlockRef, state: StateView): StateView {
    const view = state instanceof TrieState ? this.viewOf(block) : undefined;
    return view === undefined ? state : new IndexedState(state as TrieState, view);
  }

  get epoch(): number {
    return this.#epoch;
  }

  runsOf(block: Uint8Array): readonly Run[] | undefined {
    if (!this.isReady) return undefined;
    const runs = this.#layers.runsOf(block);
    if (runs === undefined) return undefined;
    const below = this.#move === undefined ? [this.#since] : [this.#since, this.#move.run];
    return [...runs, ...below].filter(run => run.size > 0);
  }

  find(key: BinaryString): Known | typeof DAMAGED {
    const known = this.#rows.find(key);
    if (known === DAMAGED) this.#damaged.add(this.#rows.rangeAt(key).low);
    return known;
  }

  rowsAt(key: BinaryString): RowPage | undefined {
    const rows = this.#rows.rowsAt(key);
    if (rows === undefined) this.#damaged.add(this.#rows.rangeAt(key).low);
    return rows;
  }

  rangeAt(key: BinaryString): RowRange {
    return this.#rows.rangeAt(key);
  }

  /**
   * Does a little of what there is to do, as one atomic write; false where nothing is left. `lowest`: the lowest height whose state is to be
   * kept. Nothing may be removed before this is false: until then it may stand on states below, and off the best chain.
   */
  step(lowest: number): boolean {
    if (this.#isGivenUp || this.#isSmall()) return false;
    try {
      if (this.#work !== undefined) this.#workOn(this.#work);
      else if (this.#damaged.size > 0) this.#repair(this.#damaged.values().next().value!);
      else if (this.#move !== undefined) this.#moveOn(this.#move);
      else return this.#follow(lowest) || this.#rows.fill(low => void this.#damaged.add(low));
      return true;
    } catch (error) {
      if (!(error instanceof TrieFault)) throw error;
      // The tries that it is made from lack something. They say so to whoever reads them; here nothing can be made of them.
      this.#giveUp();
      return false;
    }
  }

  #isSmall(): boolean {
    if (this.#smallUntil === undefined) return false;
    if (this.#parts.finalized().number < this.#smallUntil) return true;
    this.#smallUntil = undefined;
    this.#begin();
    return false;
  }

  /** Told of what a block that is about to be kept changed, where that is at hand: else tries would have to be compared. */
  noteChanges(block: BlockLink, changes: readonly Change[] | undefined): void {
    if (changes === undefined || !this.isReady || block.number <= this.#layers.base.number) return;
    const {hash, number, parentHash} = block;
    this.#layers.note({hash, number, parentHash}, runOf(changes));
  }

  /** To be called where the chain goes on with a state that has little to do with those before. */
  discard(): void {
    this.#at = undefined;
    this.#move = undefined;
    this.#smallUntil = undefined;
    this.#begin();
  }

  /** Looks through all rows: gives the ranges that are damaged, or not as the trie has them where `deep`. They are made again by `step`. */
  *check(deep: boolean): Generator<RowRange | undefined> {
    const stateOf = deep ? (low: BinaryString) => this.#stateOfRows(low) : undefined;
    for (const {range, isSound} of checkRows(this.#rows, stateOf)) {
      if (!isSound) this.#damaged.add(range.low);
      yield isSound ? undefined : range;
      if (!this.isReady) return;
    }
  }

  #layersOver(base: BlockRef): Layers {
    return new Layers({blocks: this.#parts.blocks, changesOf: this.#changesOf}, base);
  }

  #changesOf = (block: BlockRecord): Run | undefined => {
    const parent = this.#parts.blocks.record(block.parentHash);
    return changesBetween(parent && this.#parts.stateOf(parent), this.#parts.stateOf(block));
  };

  /** Nothing of what is on disk is of use. */
  #begin(): void {
    this.#setWork("clearing", this.#clear());
  }

  *#clear(): Generator<void> {
    let isFirst = true;
    for (const writes of this.#rows.clear()) {
      this.#rows.write(isFirst ? [...writes, [keys.meta(INDEX_PROGRESS), undefined]] : writes);
      isFirst = false;
      yield;
    }
    const target = this.#finalRecord();
    // Without the state of what is final there is nothing to make it from.
    if (target === undefined) {
      this.#giveUp();
      return;
    }
    this.#move = {to: target, run: new Run(), upTo: ""};
    this.#setWork("building", this.#build(this.#move));
  }

  #goOn(progress: IndexProgress, blocks: readonly (BlockRecord | undefined)[]): void {
    const [at, to] = blocks;
    this.#at = at;
    this.#move = to && {to, run: new Run(), upTo: progress.upTo};
    this.#setWork("loading", this.#load());
  }

  *#load(): Generator<void> {
    const isGood = yield* this.#rows.load();
    if (!isGood) this.discard();
    else if (this.#at === undefined) this.#setWork("building", this.#build(this.#move!));
    else this.#compare();
  }

  *#build(move: Move): Generator<void> {
    const state = this.#stateOf(move.to);
    // Nothing is written before it is known that it is worth while.
    let waiting: DecodedBlock[] = [];
    for (const {blocks, next} of buildBlocks(state, move.upTo)) {
      waiting.push(...blocks);
      const isSmall = this.#rows.count + waiting.length < this.#pace.least;
      if (next === undefined && isSmall) {
        this.#move = undefined;
        this.#smallUntil = move.to.number + LOOKED_AGAIN;
        return;
      }
      if (!isSmall) {
        const writes = this.#rows.append(waiting);
        waiting = [];
        if (next === undefined) {
          this.#at = move.to;
          this.#move = undefined;
        } else move.upTo = next;
        writes.push(this.#progress());
        this.#rows.write(writes);
      }
      yield;
    }
    this.#compare();
  }

  /** Finds out anew what lies over the rows, up to what is final now. */
  #compare(): void {
    const base = this.#finalRecord();
    if (base === undefined) {
      this.#giveUp();
      return;
    }
    this.#since = new Run();
    this.#layers = this.#layersOver(base);
    this.#setWork("comparing", this.#comparing(base));
  }

  *#comparing(base: BlockRef): Generator<void> {
    const move = this.#move;
    const after = this.#stateOf(base);
    if (move !== undefined && move.run.size === 0) {
      const [from, to] = [this.#stateOf(this.#at!), this.#stateOf(move.to)];
      yield* gatherChanges(from, to, move.run, this.#pace.compared);
    }
    const from = this.#stateOf(move?.to ?? this.#at!);
    yield* gatherChanges(from, after, this.#since, this.#pace.compared);
    this.#setWork(undefined);
  }

  #follow(asked: number): boolean {
    const {base} = this.#layers;
    const final = this.#parts.finalized();
    const lowest = Math.min(asked, final.number);
    const {blocks} = this.#parts;
    if (base.number > final.number || !blocks.isCanonical(base)) {
      this.#compare();
      return true;
    }
    const isFar = final.number - base.number >= 2 * this.#pace.behind;
    if (isFar || base.number < lowest) {
      this.#fold(Math.max(final.number - this.#pace.behind, lowest));
      return true;
    }
    const at = this.#at!;
    if (equalBytes(at.hash, base.hash)) return false;
    const isInWay = at.number < lowest || !blocks.isCanonical(at);
    if (!isInWay && this.#since.bytes < this.#pace.mostOver) return false;
    this.#move = {to: base, run: this.#since, upTo: ""};
    this.#since = new Run();
    this.#epoch++;
    this.#moveOn(this.#move);
    return true;
  }

  /** Puts what blocks up to a final one changed together with what lies over the rows. */
  #fold(target: number): void {
    const {base} = this.#layers;
    const found = this.#layers.runsUpTo(Math.min(target, base.number + this.#pace.folded));
    if (found === undefined) {
      // A gap, or a block without its state: only whole states can be compared.
      this.#compare();
      return;
    }
    for (const run of found.runs) this.#since.putAll(run);
    this.#layers.moveTo(found.last);
    this.#epoch++;
  }

  #moveOn(move: Move): void {
    const state = () => this.#stateOf(move.to);
    const repair = (range: RowRange) => rowsOfRange(range, state());
    const {writes, next} = this.#rows.apply(move.upTo, move.run, this.#pace.moved, repair);
    if (next === undefined) {
      this.#at = move.to;
      this.#move = undefined;
      this.#epoch++;
    } else move.upTo = next;
    this.#rows.write([...writes, this.#progress()]);
  }

  /** Writes an entry anew that is damaged on disk though nobody may have read it; false where that is not known yet. */
  mendEntry(key: BinaryString): boolean {
    if (!this.isReady) return false;
    const entry = this.#rows.mended(key);
    if (typeof entry === "string") this.#repair(entry);
    else this.#rows.write([entry]);
    return true;
  }

  #repair(low: BinaryString): void {
    this.#damaged.delete(low);
    const range = this.#rows.rangeAt(low);
    const rows = rowsOfRange(range, this.#stateOfRows(range.low));
    this.#rows.write(this.#rows.replace(range, rows));
    this.#repaired++;
  }

  /** The state that the rows of a range are of. */
  #stateOfRows(low: BinaryString): TrieState {
    const move = this.#move;
    return this.#stateOf(move !== undefined && low < move.upTo ? move.to : this.#at!);
  }

  #progress(): Write {
    const at = this.#at?.hash;
    const {to, upTo} = this.#move ?? {to: undefined, upTo: ""};
    return [keys.meta(INDEX_PROGRESS), encodeIndexProgress({at, to: to?.hash, upTo})];
  }

  #finalRecord(): BlockRecord | undefined {
    const record = this.#parts.blocks.record(this.#parts.finalized().hash);
    return record && this.#parts.stateOf(record) && record;
  }

  #stateOf({hash}: BlockRef): TrieState {
    const record = this.#parts.blocks.knownRecord(hash);
    const state = this.#parts.stateOf(record);
    if (state === undefined) throw new TrieFault("node-missing", "", record.stateRoot);
    return state;
  }

  #setWork(kind: Work["kind"] | undefined, steps?: Iterator<void>): void {
    this.#work = kind === undefined ? undefined : {kind, steps: steps!};
    this.#epoch++;
  }

  #workOn(work: Work): void {
    const {done} = work.steps.next();
    if (done === true && this.#work === work) this.#setWork(undefined);
  }

  #giveUp(): void {
    this.#isGivenUp = true;
    this.#epoch++;
  }
}
