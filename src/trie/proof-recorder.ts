import {type BinaryString, invariant} from "#base";

/**
 * Notes the nodes that reading and changing tries comes upon, each once, however many tries share it: together they are
 * the proof by which another one can do the same (`openProof`). What was noted can be taken back, as for a transaction that
 * does not get into the block.
 */
export class ProofRecorder {
  /** In the order in which they were first come upon. */
  readonly #items = new Map<BinaryString, Uint8Array>();
  readonly #order: BinaryString[] = [];
  /** Where each open transaction began. */
  readonly #open: {readonly count: number; readonly size: number}[] = [];
  #size = 0;

  /** Bytes that the nodes so far have as SCALE byte strings: what parachains' runtimes ask for as the storage proof size. */
  get size(): number {
    return this.#size;
  }

  /** What was noted, by hashes. It grows as more is. */
  get items(): ReadonlyMap<BinaryString, Uint8Array> {
    return this.#items;
  }

  has(hash: BinaryString): boolean {
    return this.#items.has(hash);
  }

  /** A node, or a value kept outside its node, by its hash. */
  note(hash: BinaryString, bytes: Uint8Array): void {
    if (this.#items.has(hash)) return;
    this.#items.set(hash, bytes);
    this.#order.push(hash);
    this.#size += compactLength(bytes.length) + bytes.length;
  }

  begin(): void {
    this.#open.push({count: this.#order.length, size: this.#size});
  }

  commit(): void {
    invariant(this.#open.pop() !== undefined, "a transaction is open where one is committed");
  }

  /** Takes back what was noted since the matching `begin`. */
  rollback(): void {
    const transaction = this.#open.pop();
    invariant(transaction !== undefined, "a transaction is open where one is rolled back");
    for (const hash of this.#order.splice(transaction.count)) this.#items.delete(hash);
    this.#size = transaction.size;
  }

  proof(): Uint8Array[] {
    return [...this.#items.values()];
  }
}

/** Of a length below 2^30 as SCALE compact. */
const compactLength = (length: number): number => (length < 1 << 6 ? 1 : length < 1 << 14 ? 2 : 4);
