import {equalBytes} from "#base";
import type {Hash} from "#primitives";
import type {BlockRef, BlocksWanted, PeerId, SyncBlock} from "./messages.ts";

/** Blocks of one request: enough for any fork of a healthy chain. */
const STEP = 64;

/**
 * A block that somebody announced and whose parent we may not have: fetched backwards from it until its row of
 * parents meets what we know.
 */
export class ForkDownload {
  readonly target: BlockRef;
  /** Who has it. */
  readonly sources = new Set<PeerId>();
  /** Whom it is being asked of. */
  asked: PeerId | undefined;
  #blocks: SyncBlock[] = [];
  #size = 0;
  #next: Hash;
  readonly #floor: number;

  /** `floor`: what is final; a row of parents that reaches it without meeting our chain is of no use. */
  constructor(target: BlockRef, floor: number) {
    this.target = target;
    this.#next = target.hash;
    this.#floor = floor;
  }

  /** Bytes of what has come. */
  get size(): number {
    return this.#size;
  }

  get wanted(): BlocksWanted {
    const lowest = this.#blocks.at(-1)?.number ?? this.target.number + 1;
    const max = Math.max(1, Math.min(STEP, lowest - this.#floor - 1));
    return {
      from: {hash: this.#next},
      direction: "descending",
      max,
      body: true,
      justification: true,
    };
  }

  /** Takes an answer: the whole row, oldest first, `more` to ask on, or `lost` when it passes our chain by. */
  take(
    blocks: readonly SyncBlock[],
    isKnown: (hash: Hash) => boolean,
  ): {kind: "row"; blocks: readonly SyncBlock[]} | {kind: "more"} | {kind: "lost"} {
    for (const block of blocks) {
      if (!equalBytes(block.hash, this.#next)) return {kind: "lost"};
      this.#blocks.push(block);
      this.#size += block.size;
      this.#next = block.header.parentHash;
      if (isKnown(this.#next)) return {kind: "row", blocks: [...this.#blocks].reverse()};
      if (block.number <= this.#floor + 1) return {kind: "lost"};
    }
    return {kind: "more"};
  }
}
