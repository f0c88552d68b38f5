import {type BinaryString, bytesToBinary} from "#base";
import {goesBefore, type PoolTransaction, type Tag} from "./pool-transaction.ts";
import {PriorityHeap} from "./priority-heap.ts";

/** What is ready, best first, for one block that takes one after the other. */
export interface BestTransactions extends Iterable<PoolTransaction> {
  /** The one given last did not make it: what cannot go in without it is not given either. */
  setAside(transaction: Pick<PoolTransaction, "hash">): void;
}

/** Transactions whose every required tag is provided, by the chain or by others in here. */
export class ReadyQueue {
  readonly #byId = new Map<BinaryString, PoolTransaction>();
  readonly #provider = new Map<Tag, PoolTransaction>();
  readonly #dependents = new Map<Tag, Set<PoolTransaction>>();
  #bytes = 0;

  get size(): number {
    return this.#byId.size;
  }

  /** Bytes of all extrinsics in here. */
  get bytes(): number {
    return this.#bytes;
  }

  get(id: BinaryString): PoolTransaction | undefined {
    return this.#byId.get(id);
  }

  provides(tag: Tag): boolean {
    return this.#provider.has(tag);
  }

  /** The transactions that provide one of these tags. */
  providersOf(tags: readonly Tag[]): PoolTransaction[] {
    const found = new Set<PoolTransaction>();
    for (const tag of tags) {
      const provider = this.#provider.get(tag);
      if (provider !== undefined) found.add(provider);
    }
    return [...found];
  }

  insert(transaction: PoolTransaction): void {
    this.#byId.set(transaction.id, transaction);
    this.#bytes += transaction.bytes.length;
    for (const tag of transaction.provides) this.#provider.set(tag, transaction);
    for (const tag of transaction.requires) {
      const waiting = this.#dependents.get(tag) ?? new Set();
      waiting.add(transaction);
      this.#dependents.set(tag, waiting);
    }
  }

  /** Removes one transaction; those that need its tags stay where they are. */
  remove(transaction: PoolTransaction): void {
    if (!this.#byId.delete(transaction.id)) return;
    this.#bytes -= transaction.bytes.length;
    for (const tag of transaction.provides) {
      if (this.#provider.get(tag) === transaction) this.#provider.delete(tag);
    }
    for (const tag of transaction.requires) {
      const waiting = this.#dependents.get(tag);
      waiting?.delete(transaction);
      if (waiting?.size === 0) this.#dependents.delete(tag);
    }
  }

  /** The transaction and all that cannot go in without it, itself first. */
  withDependents(transaction: PoolTransaction): PoolTransaction[] {
    const found = new Set([transaction]);
    for (const next of found) {
      for (const tag of next.provides) {
        for (const dependent of this.#dependents.get(tag) ?? []) found.add(dependent);
      }
    }
    return [...found];
  }

  /** All of them, in no useful order. */
  all(): IterableIterator<PoolTransaction> {
    return this.#byId.values();
  }

  /** The one to give up first when there is no more room. */
  worst(): PoolTransaction | undefined {
    let worst: PoolTransaction | undefined;
    for (const transaction of this.#byId.values()) {
      if (worst === undefined || transaction.priority < worst.priority) worst = transaction;
      else if (transaction.priority === worst.priority && transaction.arrival > worst.arrival) {
        worst = transaction;
      }
    }
    return worst;
  }

  /** In the order in which they should go into a block: dependencies first, then the best. */
  inOrder(): BestTransactions {
    const setAside = new Set<BinaryString>();
    return {
      [Symbol.iterator]: () => this.#walk(setAside),
      setAside: ({hash}) => {
        setAside.add(bytesToBinary(hash));
      },
    };
  }

  *#walk(setAside: ReadonlySet<BinaryString>): Generator<PoolTransaction> {
    const heap = new PriorityHeap<PoolTransaction>(goesBefore);
    const waitingFor = new Map<PoolTransaction, number>();
    for (const transaction of this.#byId.values()) {
      const open = transaction.requires.filter(tag => this.#provider.has(tag)).length;
      if (open === 0) heap.push(transaction);
      else waitingFor.set(transaction, open);
    }
    for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
      yield next;
      if (setAside.has(next.id)) continue;
      for (const tag of next.provides) {
        for (const dependent of this.#dependents.get(tag) ?? []) {
          const open = (waitingFor.get(dependent) ?? 0) - 1;
          if (open > 0) waitingFor.set(dependent, open);
          else if (waitingFor.delete(dependent)) heap.push(dependent);
        }
      }
    }
  }
}
