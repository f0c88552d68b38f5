import {equalBytes, type Slot, slot as slotNumber} from "#base";
import {authorIndex, slotOf} from "#consensus";
import type {BlockRef} from "#core";
import type {Hash, Header} from "#primitives";

export interface TallySource {
  readonly header: (hash: Hash) => Header | undefined;
}

/** Blocks of the current session by author, on the best chain. Kept as the chain grows; counted anew after a switch. */
export class SessionTally {
  readonly #source: TallySource;
  #session = -1;
  #last: Hash | undefined;
  #counts: number[] = [];
  #blocks: number | undefined;
  #beganAfter: Slot | undefined;

  constructor(source: TallySource) {
    this.#source = source;
  }

  /**
   * `blocksInto`: blocks of the session up to the best one; the first one, with which it began, was the set's before.
   * Undefined: it is not known, and nothing is counted.
   */
  update(
    best: BlockRef,
    session:
      | {readonly index: number; readonly blocksInto: number; readonly authors: number}
      | undefined,
  ): void {
    if (session === undefined) {
      this.#last = undefined;
      this.#blocks = undefined;
      this.#beganAfter = undefined;
      this.#counts = [];
      return;
    }
    const header = this.#source.header(best.hash);
    if (header === undefined || this.#isKnown(best.hash)) return;
    const goesOn =
      this.#session === session.index &&
      this.#last !== undefined &&
      equalBytes(header.parentHash, this.#last);
    if (goesOn) {
      this.#count(header);
      // Asked when there was genesis alone, nobody knew yet.
      this.#beganAfter ??= slotBefore(header);
    } else {
      this.#session = session.index;
      this.#counts = new Array<number>(session.authors).fill(0);
      this.#blocks = 0;
      let block: Header | undefined = header;
      let first: Header | undefined;
      for (let i = 0; i < session.blocksInto && block !== undefined; i++) {
        this.#count(block);
        first = block;
        block = this.#source.header(block.parentHash);
      }
      this.#beganAfter = slotOf(block?.digest ?? []) ?? slotBefore(first);
    }
    this.#last = best.hash;
  }

  /** Blocks counted; undefined where nothing is. */
  get blocks(): number | undefined {
    return this.#blocks;
  }

  /**
   * The slot of the block with which the session began: those after it are this session's, empty ones too. Undefined
   * where no block says it.
   */
  get beganAfter(): Slot | undefined {
    return this.#beganAfter;
  }

  /** Of the author in this place of the set. */
  of(index: number): number | undefined {
    return this.#blocks === undefined ? undefined : (this.#counts[index] ?? 0);
  }

  #isKnown(hash: Hash): boolean {
    return this.#last !== undefined && equalBytes(hash, this.#last);
  }

  #count({digest}: Header): void {
    const slot = slotOf(digest);
    const index = slot === undefined ? undefined : authorIndex(slot, this.#counts.length);
    if (index === undefined) return;
    this.#counts[index]!++;
    this.#blocks = (this.#blocks ?? 0) + 1;
  }
}

/** For a session that began with genesis, or with a block that was not fetched: its first block of which the slot is known. */
function slotBefore(first: Header | undefined): Slot | undefined {
  const slot = slotOf(first?.digest ?? []);
  return slot === undefined ? undefined : slotNumber(slot - 1);
}
