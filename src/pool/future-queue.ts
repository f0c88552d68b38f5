import type {BinaryString} from "#base";
import type {PoolTransaction, Tag} from "./pool-transaction.ts";

/** Transactions that wait for tags which nobody provides yet: a nonce further on than the next. */
export class FutureQueue {
  readonly #byId = new Map<BinaryString, {transaction: PoolTransaction; missing: Set<Tag>}>();
  readonly #waiting = new Map<Tag, Set<BinaryString>>();
  #bytes = 0;

  get size(): number {
    return this.#byId.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(id: BinaryString): PoolTransaction | undefined {
    return this.#byId.get(id)?.transaction;
  }

  all(): PoolTransaction[] {
    return [...this.#byId.values()].map(({transaction}) => transaction);
  }

  insert(transaction: PoolTransaction, missing: readonly Tag[]): void {
    this.#byId.set(transaction.id, {transaction, missing: new Set(missing)});
    this.#bytes += transaction.bytes.length;
    for (const tag of missing) {
      const ids = this.#waiting.get(tag) ?? new Set();
      ids.add(transaction.id);
      this.#waiting.set(tag, ids);
    }
  }

  /** Says something else of one that waits for the same. */
  replace(transaction: PoolTransaction): void {
    const entry = this.#byId.get(transaction.id);
    if (entry !== undefined) this.#byId.set(transaction.id, {...entry, transaction});
  }

  remove(id: BinaryString): PoolTransaction | undefined {
    const entry = this.#byId.get(id);
    if (entry === undefined) return undefined;
    this.#byId.delete(id);
    this.#bytes -= entry.transaction.bytes.length;
    for (const tag of entry.missing) {
      const ids = this.#waiting.get(tag);
      ids?.delete(id);
      if (ids?.size === 0) this.#waiting.delete(tag);
    }
    return entry.transaction;
  }

  /** Takes out those for which these tags were the last that were missing. */
  satisfy(tags: readonly Tag[]): PoolTransaction[] {
    const complete: PoolTransaction[] = [];
    for (const tag of tags) {
      for (const id of [...(this.#waiting.get(tag) ?? [])]) {
        const entry = this.#byId.get(id);
        entry?.missing.delete(tag);
        if (entry?.missing.size === 0) {
          this.remove(id);
          complete.push(entry.transaction);
        }
      }
      this.#waiting.delete(tag);
    }
    return complete;
  }

  /** The one that came first, to be given up when there is no more room. */
  oldest(): PoolTransaction | undefined {
    const first = this.#byId.values().next();
    return first.done ? undefined : first.value.transaction;
  }
}
