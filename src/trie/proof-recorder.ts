import type {BinaryString} from "#base";

/**
 * Notes the nodes that reading and changing tries comes upon, each once, however many tries share it: together they are
 * the proof by which another one can do the same (`openProof`).
 */
export class ProofRecorder {
  readonly #items = new Map<BinaryString, Uint8Array>();
  #size = 0;

  /** Bytes that the nodes so far have as SCALE byte strings: what parachains' runtimes ask for as the storage proof size. */
  get size(): number {
    return this.#size;
  }

  has(hash: BinaryString): boolean {
    return this.#items.has(hash);
  }

  /** A node, or a value kept outside its node, by its hash. */
  note(hash: BinaryString, bytes: Uint8Array): void {
    if (this.#items.has(hash)) return;
    this.#items.set(hash, bytes);
    this.#size += compactLength(bytes.length) + bytes.length;
  }

  proof(): Uint8Array[] {
    return [...this.#items.values()];
  }
}

/** Of a length below 2^30 as SCALE compact. */
const compactLength = (length: number): number => (length < 1 << 6 ? 1 : length < 1 << 14 ? 2 : 4);
