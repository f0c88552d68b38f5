import {bytesToHex} from "#base";
import type {Hash} from "#primitives";

/** Things kept for one block that is not here: votes of a set of hundreds. */
const MOST_PER_BLOCK = 2_048;
/** Blocks waited for at once. */
const MOST_BLOCKS = 64;

/** What waits for blocks to arrive. The oldest goes when there is too much: its senders say it again. */
export class WaitingRoom<T> {
  readonly #byBlock = new Map<string, T[]>();

  /** False when it is full. */
  add(block: Hash, item: T): boolean {
    const name = bytesToHex(block);
    let waiting = this.#byBlock.get(name);
    if (waiting === undefined) {
      if (this.#byBlock.size >= MOST_BLOCKS) {
        const [oldest] = this.#byBlock.keys();
        this.#byBlock.delete(oldest!);
      }
      waiting = [];
      this.#byBlock.set(name, waiting);
    }
    if (waiting.length >= MOST_PER_BLOCK) return false;
    waiting.push(item);
    return true;
  }

  /** Everything that waited for a block, once. */
  take(block: Hash): T[] {
    const name = bytesToHex(block);
    const waiting = this.#byBlock.get(name) ?? [];
    this.#byBlock.delete(name);
    return waiting;
  }

  clear(): void {
    this.#byBlock.clear();
  }
}
