import {type BinaryString, binaryToHex, bytesToBinary, bytesToHex, hexToBytes} from "#base";
import {type Place, type StoredPart, TrieFault} from "#trie";
import type {BlockRecord} from "./block-record.ts";
import type {BlockRef, BlockStore} from "./block-store.ts";
import {CheckedRows} from "./checked-rows.ts";
import {StoreFault} from "./failures.ts";
import type {FlatIndex} from "./flat-index/index.ts";
import type {KeyValueStore} from "./key-value-store.ts";
import {describeKey} from "./keys.ts";
import {type Lost, lostRow, type ScrubDamage} from "./lost.ts";
import {RowMending, type RowMendingParts} from "./mend-rows.ts";
import {addedParts, childParts, keyOnWay, nextWithState, type OtherPart} from "./other-parts.ts";
import type {Pruning} from "./pruning.ts";
import type {StateStore} from "./state-store.ts";

/** Parts mended in one go: a way down a trie is no longer than a key. */
const MOST_MENDED = 64;

/** Times that the same place is mended: what is damaged again and again is another thing's, or on a disk that cannot be mended. */
const MOST_TIMES = 2;

/** Places of a round that are told once: of more, some are told twice. */
const MOST_TOLD = 10_000;

export interface ScrubStep {
  readonly damages: readonly ScrubDamage[];
  /** Whether with it all was looked at that is looked at. */
  readonly isRoundOver: boolean;
}

export interface ScrubParts {
  readonly store: KeyValueStore;
  readonly writer: RowMendingParts["writer"];
  readonly states: StateStore;
  readonly blocks: BlockStore;
  readonly pruning: Pick<Pruning, "hasState" | "status">;
  readonly index: FlatIndex | undefined;
  readonly ends: () => {readonly best: BlockRef; readonly finalized: BlockRef};
}

interface Walk {
  readonly block: BlockRecord;
  readonly parts: Iterator<OtherPart>;
}

/** What a round looks at, in this order. */
type Stage = "rows" | "entries" | "children" | "earlier";

/**
 * Looks at what is stored though nobody asks for it, a little at a time and round after round: all rows with checksums, then all
 * entries of the newest final state with the nodes on the way to them and its child tries, then of each earlier state that is kept
 * what it added to the one before. One that is pruned meanwhile is left: to hold on to it for as long as a round takes would keep it
 * from being pruned. Puts back what follows from the rest, and what others give.
 */
export class Scrub {
  readonly #parts: ScrubParts;
  /** Undefined over rows that say nothing of themselves. */
  readonly #mending: RowMending | undefined;
  #stage: Stage = "rows";
  #row: BinaryString = "";
  #key: BinaryString = "";
  /** The parts of a state that are being looked at. */
  #walk: Walk | undefined;
  #height = 0;
  /** How often each place was mended. */
  readonly #mended = new Map<Place, number>();
  /** Places that were told of in this round. */
  readonly #told = new Set<Place>();
  /** The path of the last node that could not be read. */
  #unread: BinaryString | undefined;

  constructor(parts: ScrubParts) {
    this.#parts = parts;
    const {store, writer, blocks, index, ends} = parts;
    const best = () => ends().best;
    if (store instanceof CheckedRows) {
      this.#mending = new RowMending({store, writer, blocks, index, best});
    }
  }

  /** What puts rows back; undefined over rows that say nothing of themselves. */
  get rows(): RowMending | undefined {
    return this.#mending;
  }

  /** Of the earlier state that is looked at next. */
  get height(): number {
    return this.#height;
  }

  /** Looks at so many rows, entries of the newest state, or parts of others. */
  step(most: number): ScrubStep {
    switch (this.#stage) {
      case "rows":
        return this.#rows(most);
      case "entries":
        return this.#entries(most);
      case "children":
      case "earlier":
        return this.#others(most);
    }
  }

  #rows(most: number): ScrubStep {
    const {store} = this.#parts;
    this.#key = "";
    if (!(store instanceof CheckedRows)) return this.#next("entries", []);
    const {damaged, next} = store.look(this.#row, most);
    const damages = damaged.map(
      (key): ScrubDamage => ({
        words: `${describeKey(key)} does not fit its checksum`,
        lost: lostRow(key),
      }),
    );
    if (next === undefined) return this.#next("entries", damages);
    this.#row = next;
    return {damages, isRoundOver: false};
  }

  #next(stage: Stage, damages: readonly ScrubDamage[]): ScrubStep {
    this.#stage = stage;
    this.#walk = undefined;
    return {damages, isRoundOver: false};
  }

  /** The last final block, where its state is kept. */
  #newest(): BlockRecord | undefined {
    const {blocks, ends} = this.#parts;
    const record = unlessDamaged(() => blocks.knownRecord(ends().finalized.hash));
    return record !== undefined && this.#isKept(record) ? record : undefined;
  }

  #isKept = (block: BlockRecord): boolean => this.#parts.pruning.hasState(block);

  #entries(most: number): ScrubStep {
    const damages: ScrubDamage[] = [];
    const newest = this.#newest();
    if (newest === undefined) return this.#earlier(damages);
    // Nothing of it is in memory: what is looked at is what is on the disk.
    const {stateRoot: root, statePlace: place} = newest;
    const state = this.#parts.states.unread({root, place});
    for (let i = 0; i < most; i++) {
      try {
        const key = state.nextKey(this.#key);
        if (key === undefined) return this.#next("children", damages);
        this.#key = key;
        state.get(key);
      } catch (error) {
        if (!(error instanceof TrieFault)) throw error;
        const path = bytesToBinary(hexToBytes(error.path)!);
        if (path !== this.#unread) damages.push(this.damageAt(path) ?? unknownDamage(error));
        const past = this.#keyBehind(path);
        if (past === undefined) return this.#next("children", damages);
        this.#key = past;
      }
    }
    return {damages, isRoundOver: false};
  }

  /** Where to go on behind all keys below a node that cannot be read; undefined where nothing can be behind them. */
  #keyBehind(path: BinaryString): BinaryString | undefined {
    // A path of an odd number of nibbles looks like a longer one, until it is come upon again.
    const isAgain = path === this.#unread;
    this.#unread = path;
    return successor(path, isAgain ? 16 : 1);
  }

  /** What is damaged on the way to a key in the newest final state; undefined where nothing is. */
  damageAt(key: BinaryString): ScrubDamage | undefined {
    const newest = this.#newest();
    if (newest === undefined) return undefined;
    const {hash, number, stateRoot: root, statePlace: place} = newest;
    const part = this.#parts.states.damagedOnWay({root, place}, key);
    if (part === undefined) return undefined;
    this.#noteTold(part);
    // Without the block, since the next one most likely has it as well.
    const words = wordsOf(part, "of the newest final states");
    return {words, lost: {kind: "part", block: hash, number, state: {root, place}, key}};
  }

  #earlier(damages: readonly ScrubDamage[]): ScrubStep {
    this.#height = this.#parts.pruning.status().floor;
    return this.#next("earlier", damages);
  }

  /** Parts that the entries of the newest state do not lead to. */
  #others(most: number): ScrubStep {
    const damages: ScrubDamage[] = [];
    for (let left = most; left > 0; left--) {
      const walk = this.#walk ?? this.#nextWalk(left);
      if (walk === undefined) return {damages, isRoundOver: false};
      if (walk === "over") return this.#over(damages);
      this.#walk = walk;
      const found = this.#look(walk);
      if (found === "over") {
        this.#walk = undefined;
        if (this.#stage === "children") return this.#earlier(damages);
      } else if (found !== undefined) damages.push(found);
    }
    return {damages, isRoundOver: false};
  }

  /** Undefined where none is found within so many heights. */
  #nextWalk(most: number): Walk | "over" | undefined {
    const {blocks, states, ends} = this.#parts;
    if (this.#stage === "children") {
      const block = this.#newest();
      if (block !== undefined) return {block, parts: childParts({states}, block)};
      this.#earlier([]);
    }
    const {number: last} = ends().finalized;
    if (this.#height > last) return "over";
    const upTo = Math.min(this.#height + most - 1, last);
    const block = nextWithState({blocks, hasState: this.#isKept}, this.#height, upTo);
    this.#height = (block?.number ?? upTo) + 1;
    if (block === undefined) return undefined;
    // Of a parent whose record is damaged nobody knows what it had: then all is looked at.
    const parent = unlessDamaged(() => blocks.record(block.parentHash));
    return {block, parts: addedParts({states}, block, parent)};
  }

  /** Looks at one part. */
  #look({block, parts}: Walk): ScrubDamage | "over" | undefined {
    let next: IteratorResult<OtherPart>;
    try {
      next = parts.next();
    } catch (error) {
      if (!(error instanceof TrieFault)) throw error;
      return unknownDamage(error);
    }
    // What is missing of one that was pruned meanwhile is no damage.
    if (next.done === true || !this.#isKept(block)) return "over";
    const {part} = next.value;
    // What the newest state has some earlier one added.
    if (part.found === "whole" || this.#told.has(part.place)) return undefined;
    this.#noteTold(part);
    const {hash, number, stateRoot: root, statePlace: place} = block;
    const isOfNewest = this.#stage === "children";
    const whose = isOfNewest ? "of the newest final states" : `of states from block ${number} on`;
    const lost: Lost = {
      kind: "part",
      block: hash,
      number,
      state: {root, place},
      key: keyOnWay(part),
      childKey: part.childKey,
      of: isOfNewest ? "children" : "earlier",
    };
    return {words: wordsOf(part, whose), lost};
  }

  #noteTold({place}: StoredPart): void {
    if (this.#told.size < MOST_TOLD) this.#told.add(place);
  }

  #over(damages: readonly ScrubDamage[]): ScrubStep {
    this.#next("rows", damages);
    this.#told.clear();
    this.#row = "";
    this.#key = "";
    this.#unread = undefined;
    return {damages, isRoundOver: true};
  }

  /**
   * Puts parts of a state back, of a proof that somebody gave: each is taken by its hash alone. False where not all on the way to the
   * key is whole then. What stands below it is looked at next.
   */
  async mendPart(
    lost: Extract<Lost, {kind: "part"}>,
    proof: readonly Uint8Array[],
  ): Promise<boolean> {
    const {states, pruning, store} = this.#parts;
    const {number, state, key, childKey} = lost;
    for (let mended = 0; mended <= MOST_MENDED; mended++) {
      const part = states.damagedOnWay(state, key, childKey);
      if (part === undefined) {
        this.#goBackTo(lost);
        return true;
      }
      const times = this.#mended.get(part.place) ?? 0;
      // What was pruned while somebody was asked is not to come back.
      const isKept = pruning.hasState({number, statePlace: state.place});
      if (!isKept || times === MOST_TIMES) return false;
      const write = firstOf(proof, bytes => states.mended(part, bytes));
      if (write === undefined) return false;
      this.#mended.set(part.place, times + 1);
      await store.write([write]);
    }
    return false;
  }

  #goBackTo({of, number, key}: Extract<Lost, {kind: "part"}>): void {
    this.#next(of ?? "entries", []);
    if (of === "earlier") this.#height = number;
    if (of !== undefined) return;
    this.#key = key;
    this.#unread = undefined;
  }
}

const FOUND = {missing: "is missing", damaged: "does not fit its hash", whole: "is whole"};

function wordsOf({kind, hash, path, childKey, place, found}: StoredPart, whose: string): string {
  const where = childKey === undefined ? "" : ` of the child trie at ${binaryToHex(childKey)}`;
  return `${kind} ${bytesToHex(hash)} at ${binaryToHex(path)}${where}, place ${place}, ${whose} ${FOUND[found]}`;
}

/** What a row of a block leads to; undefined where that is damaged, which is found where rows are looked at. */
function unlessDamaged<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof StoreFault) return undefined;
    throw error;
  }
}

/** Of what has the hash that it should have, and is no node. */
const unknownDamage = (error: TrieFault): ScrubDamage => ({words: error.message, lost: undefined});

/** The lowest key above all that begin with these bytes, whose last one counts in such steps. */
function successor(path: BinaryString, step: number): BinaryString | undefined {
  for (let length = path.length; length > 0; length--) {
    const last = path.charCodeAt(length - 1) + (length === path.length ? step : 1);
    if (last <= 255) return path.slice(0, length - 1) + String.fromCharCode(last);
  }
  return undefined;
}

function firstOf<T, U>(items: readonly T[], find: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
