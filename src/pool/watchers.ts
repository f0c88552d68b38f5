import {type BinaryString, bytesToBinary, Listeners} from "#base";
import type {Hash} from "#primitives";
import {isLastStatus, type TransactionStatus} from "./transaction-status.ts";

export type StatusListener = (status: TransactionStatus) => void;

/** Blocks for which a watcher waits for finality at most, as upstream. */
const MAX_BLOCKS_WITHOUT_FINALITY = 512;

/** Who wants to know what becomes of which transaction. */
export class Watchers {
  readonly #listeners = new Map<BinaryString, Listeners<[TransactionStatus]>>();
  /** Watched transactions by the block they are in, oldest block first. */
  readonly #inBlock = new Map<BinaryString, {block: Hash; ids: Set<BinaryString>}>();

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

  included(block: Hash, ids: readonly BinaryString[]): void {
    const watched = ids.filter(id => this.#listeners.has(id));
    if (watched.length === 0) return;
    this.#inBlock.set(bytesToBinary(block), {block, ids: new Set(watched)});
    for (const id of watched) this.tell(id, {kind: "inBlock", block});
    if (this.#inBlock.size > MAX_BLOCKS_WITHOUT_FINALITY) {
      const [oldest] = this.#inBlock.keys();
      this.#settle(oldest!, hash => ({kind: "finalityTimeout", block: hash}));
    }
  }

  retracted(block: Hash): void {
    const entry = this.#inBlock.get(bytesToBinary(block));
    this.#inBlock.delete(bytesToBinary(block));
    for (const id of entry?.ids ?? []) this.tell(id, {kind: "retracted", block});
  }

  finalized(block: Hash): void {
    this.#settle(bytesToBinary(block), hash => ({kind: "finalized", block: hash}));
  }

  #settle(key: BinaryString, status: (block: Hash) => TransactionStatus): void {
    const entry = this.#inBlock.get(key);
    if (entry === undefined) return;
    this.#inBlock.delete(key);
    for (const id of entry.ids) this.tell(id, status(entry.block));
  }
}
