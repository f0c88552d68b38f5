import {equalBytes} from "#base";
import {authorIndex, slotOf} from "#consensus";
import type {Hash, Header} from "#primitives";
import type {BlockRef} from "../chain/chain-events.ts";

export interface TallySource {
  readonly header: (hash: Hash) => Header | undefined;
}

/** Blocks of the current session by author, on the best chain. Kept as the chain grows; counted anew after a switch. */
export class SessionTally {
  readonly #source: TallySource;
  #session = -1;
  #last: Hash | undefined;
  #counts: number[] = [];
  #blocks = 0;

  constructor(source: TallySource) {
    this.#source = source;
  }

  /** `blocksInto`: blocks of the session up to the best one; the first one, with which it began, was the set's before. */
  update(
    best: BlockRef,
    session: {readonly index: number; readonly blocksInto: number; readonly authors: number},
  ): void {
    const header = this.#source.header(best.hash);
    if (header === undefined || this.#isKnown(best.hash)) return;
    const goesOn =
      this.#session === session.index &&
      this.#last !== undefined &&
      equalBytes(header.parentHash, this.#last);
    if (goesOn) {
      this.#count(header);
    } else {
      this.#session = session.index;
      this.#counts = new Array<number>(session.authors).fill(0);
      this.#blocks = 0;
      let block: Header | undefined = header;
      for (let i = 0; i < session.blocksInto && block !== undefined; i++) {
        this.#count(block);
        block = this.#source.header(block.parentHash);
      }
    }
    this.#last = best.hash;
  }

  /** Blocks counted. */
  get blocks(): number {
    return this.#blocks;
  }

  /** Of the author in this place of the set. */
  of(index: number): number {
    return this.#counts[index] ?? 0;
  }

  #isKnown(hash: Hash): boolean {
    return this.#last !== undefined && equalBytes(hash, this.#last);
  }

  #count({digest}: Header): void {
    const slot = slotOf(digest);
    const index = slot === undefined ? undefined : authorIndex(slot, this.#counts.length);
    if (index === undefined) return;
    this.#counts[index]!++;
    this.#blocks++;
  }
}
