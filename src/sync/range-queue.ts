import {equalBytes} from "#base";
import type {Hash} from "#primitives";
import {MAX_ROW_BYTES} from "./limits.ts";
import type {BlockRef, PeerId, SyncBlock} from "./messages.ts";

/** Blocks from one height to another, both included, asked of one peer. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What a peer that broke the row of blocks sent; the caller asks somebody else. */
export interface BrokenRow {
  readonly peer: PeerId;
  readonly range: Range;
}

interface Arrived {
  readonly peer: PeerId;
  readonly blocks: readonly SyncBlock[];
}

/** Blocks of one request: upstream's number. */
const RANGE_LENGTH = 64;
/** How far ahead of what has been handed on anything is asked for, in blocks (spec/network §1.5). */
const LOOKAHEAD = 2_048;

/**
 * The row of blocks between our head and those of the peers that agree with it: cut into ranges, each asked of
 * whoever is free, handed on in order as soon as the row is whole up to them.
 */
export class RangeQueue {
  #tip: BlockRef;
  readonly #asked = new Map<number, Range>();
  readonly #arrived = new Map<number, Arrived>();
  /** Bytes of what has arrived and cannot be handed on yet. */
  #bytes = 0;
  /** Where the next range begins that nobody has been asked for. */
  #frontier: number;
  /** Ranges that came back empty or broken. */
  #again: Range[] = [];

  constructor(tip: BlockRef) {
    this.#tip = tip;
    this.#frontier = tip.number + 1;
  }

  /** The highest block handed on; the row goes on from there. */
  get tip(): BlockRef {
    return this.#tip;
  }

  get isEmpty(): boolean {
    return this.#asked.size === 0 && this.#arrived.size === 0 && this.#again.length === 0;
  }

  /** A range for a peer whose head is that high; undefined when there is none now. */
  next(peerBest: number): Range | undefined {
    // What cannot be handed on yet is much already: only that is asked for which it waits for.
    const isFull = this.#bytes >= MAX_ROW_BYTES;
    const top = isFull ? Math.min(peerBest, this.#tip.number + 1) : peerBest;
    const index = this.#again.findIndex(range => range.from <= top);
    if (index >= 0) {
      const [range] = this.#again.splice(index, 1);
      const cut = {from: range!.from, to: Math.min(range!.to, peerBest)};
      if (cut.to < range!.to) this.#again.push({from: cut.to + 1, to: range!.to});
      this.#asked.set(cut.from, cut);
      return cut;
    }
    if (this.#frontier > top || this.#frontier > this.#tip.number + LOOKAHEAD) return undefined;
    const range = {
      from: this.#frontier,
      to: Math.min(peerBest, this.#frontier + RANGE_LENGTH - 1),
    };
    this.#frontier = range.to + 1;
    this.#asked.set(range.from, range);
    return range;
  }

  /** Nobody is to deliver this range any more: it waits for somebody else. */
  giveBack(range: Range): void {
    const isOpen = this.#again.some(({from}) => from === range.from);
    if (this.#asked.delete(range.from) && !isOpen) this.#again.push(range);
  }

  /** Whoever was asked takes long: somebody else may be asked as well, and the first answer counts. */
  lend(range: Range): void {
    if (this.#asked.has(range.from)) this.#again.push(range);
  }

  /** An answer, not empty and from the start of its range on; what it lacks at the end is asked for again. */
  deliver(range: Range, peer: PeerId, blocks: readonly SyncBlock[]): void {
    const wasAsked = this.#asked.delete(range.from);
    const open = this.#again.findIndex(({from}) => from === range.from);
    if (open >= 0) this.#again.splice(open, 1);
    if (!wasAsked && open < 0) return;
    this.#arrived.set(range.from, {peer, blocks});
    this.#bytes += sizeOf(blocks);
    const end = range.from + blocks.length;
    if (end <= range.to) this.#again.push({from: end, to: range.to});
  }

  /** All that is in order now, oldest first; and where the row breaks, if the next piece does not fit. */
  take(): {ready: Arrived[]; broken: BrokenRow | undefined} {
    const ready: Arrived[] = [];
    for (;;) {
      const next = this.#arrived.get(this.#tip.number + 1);
      if (next === undefined) return {ready, broken: undefined};
      this.#arrived.delete(this.#tip.number + 1);
      this.#bytes -= sizeOf(next.blocks);
      const [first, last] = [next.blocks[0]!, next.blocks.at(-1)!];
      if (!equalBytes(first.header.parentHash, this.#tip.hash)) {
        const range = {from: first.number, to: last.number};
        this.#again.push(range);
        return {ready, broken: {peer: next.peer, range}};
      }
      ready.push(next);
      this.#tip = {hash: last.hash, number: last.number};
    }
  }

  /** Whether a block is in the row and not yet handed on. */
  holds(hash: Hash): boolean {
    for (const {blocks} of this.#arrived.values()) {
      if (blocks.some(block => equalBytes(block.hash, hash))) return true;
    }
    return false;
  }
}

function sizeOf(blocks: readonly SyncBlock[]): number {
  return blocks.reduce((sum, {size}) => sum + size, 0);
}
