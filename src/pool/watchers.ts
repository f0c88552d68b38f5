import {type BinaryString, bytesToBinary, Listeners} from "#base";
import type {Hash} from "#primitives";
import {isLastStatus, type TransactionStatus} from "./transaction-status.ts";

export type StatusListener = (status: TransactionStatus) => void;

/** Blocks for which a watcher waits for finality at most, as upstream. */
const MAX_BLOCKS_WITHOUT_FINALITY = 512;

interface WatchedBlock {
  readonly block: Hash;
  readonly number: number;
  readonly ids: ReadonlySet<BinaryString>;
}

/**
 * Who wants to know what becomes of which transaction. Whatever that is, it ends with exactly one last status
 * (`isLastStatus`): clients wait for it.
 */
export class Watchers {
  readonly #listeners = new Map<BinaryString, Listeners<[TransactionStatus]>>();
  /** Blocks of the best chain that watched transactions are in, oldest first. */
  readonly #inBlock = new Map<BinaryString, WatchedBlock>();
  readonly #onFault: (fault: unknown) => void;

  /** `onFault` hears of listeners that throw. */
  constructor(onFault: (fault: unknown) => void) {
    this.#onFault = onFault;
  }

  watch(id: BinaryString, listener: StatusListener): () => void {
    const listeners = this.#listeners.get(id) ?? new Listeners(this.#onFault);
    const stop = listeners.add(listener);
    this.#listeners.set(id, listeners);
    return () => {
      stop();
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  tell(id: BinaryString, status: TransactionStatus): void {
    const listeners = this.#listeners.get(id);
    if (listeners === undefined) return;
    if (isLastStatus(status)) this.#listeners.delete(id);
    listeners.tell(status);
  }

  /** A block of the best chain holds these. What is in one for too long without becoming final is given up. */
  included({hash, number}: {hash: Hash; number: number}, ids: readonly BinaryString[]): void {
    const watched = ids.filter(id => this.#listeners.has(id));
    if (watched.length > 0) {
      this.#inBlock.set(bytesToBinary(hash), {block: hash, number, ids: new Set(watched)});
      for (const id of watched) this.tell(id, {kind: "inBlock", block: hash});
    }
    for (const [key, entry] of this.#inBlock) {
      if (entry.number > number - MAX_BLOCKS_WITHOUT_FINALITY) continue;
      this.#settle(key, entry, "finalityTimeout");
    }
  }

  /** Whether a transaction is in a block of the best chain, as far as anybody watches it. */
  isIncluded(id: BinaryString): boolean {
    for (const {ids} of this.#inBlock.values()) if (ids.has(id)) return true;
    return false;
  }

  /** Those watched that were in it. */
  retracted(block: Hash): readonly BinaryString[] {
    const entry = this.#inBlock.get(bytesToBinary(block));
    this.#inBlock.delete(bytesToBinary(block));
    const ids = [...(entry?.ids ?? [])];
    for (const id of ids) this.tell(id, {kind: "retracted", block});
    return ids;
  }

  /** A block of this height became final, and with it all below: after a long stall not each is told of. */
  finalized(number: number): void {
    for (const [key, entry] of this.#inBlock) {
      if (entry.number <= number) this.#settle(key, entry, "finalized");
    }
  }

  #settle(
    key: BinaryString,
    {block, ids}: WatchedBlock,
    kind: "finalized" | "finalityTimeout",
  ): void {
    this.#inBlock.delete(key);
    for (const id of ids) this.tell(id, {kind, block});
  }
}
