import {type BinaryString, bytesToBinary} from "#base";
import type {BlockRef, Stop} from "../questions/chain.ts";

/** A block as a tree of them needs it. */
export interface TreeBlock extends BlockRef {
  readonly parent: BinaryString;
}

/** What finality did to the blocks that were reported. */
export interface Settled {
  readonly finalized: readonly BlockRef[];
  /** Off the final chain; each block comes up once. */
  readonly pruned: readonly BlockRef[];
}

/** Blocks that one client was told of: which may still become final, and which it has not let go. */
export class ReportedBlocks {
  /** Parents before children. */
  readonly #unfinalized = new Map<BinaryString, TreeBlock>();
  /** With how to let them go. */
  readonly #pinned = new Map<BinaryString, Stop>();
  readonly #pin: (block: Uint8Array) => Stop;
  #finalized: BlockRef;

  /** `pin`: has what there is of a block stay. */
  constructor(finalized: readonly BlockRef[], pin: (block: Uint8Array) => Stop) {
    this.#pin = pin;
    for (const {hash} of finalized) this.#pinned.set(bytesToBinary(hash), pin(hash));
    this.#finalized = finalized.at(-1)!;
  }

  get finalized(): BlockRef {
    return this.#finalized;
  }

  get unfinalizedCount(): number {
    return this.#unfinalized.size;
  }

  /** Blocks held that will not change any more: those the client ought to let go. */
  get settledPins(): number {
    return this.#pinned.size - this.#unfinalized.size;
  }

  isPinned(block: Uint8Array): boolean {
    return this.#pinned.has(bytesToBinary(block));
  }

  /** Whether the block may be spoken of as the best. */
  isOpen({hash}: BlockRef): boolean {
    const key = bytesToBinary(hash);
    return key === bytesToBinary(this.#finalized.hash) || this.#unfinalized.has(key);
  }

  /** False, and nothing is changed, for a block that is known or does not follow from what is final. */
  add(block: TreeBlock): boolean {
    const key = bytesToBinary(block.hash);
    const isRooted =
      block.parent === bytesToBinary(this.#finalized.hash) || this.#unfinalized.has(block.parent);
    if (!isRooted || this.#unfinalized.has(key)) return false;
    this.#unfinalized.set(key, block);
    this.#pinned.set(key, this.#pin(block.hash));
    return true;
  }

  /** `route`: from the block after the last final one up to the new one. Undefined if it was not reported whole. */
  finalize(route: readonly BlockRef[]): Settled | undefined {
    const keys = route.map(({hash}) => bytesToBinary(hash));
    let parent = bytesToBinary(this.#finalized.hash);
    for (const key of keys) {
      if (this.#unfinalized.get(key)?.parent !== parent) return undefined;
      parent = key;
    }
    for (const key of keys) this.#unfinalized.delete(key);
    this.#finalized = route.at(-1) ?? this.#finalized;
    return {finalized: route, pruned: this.#prune(parent)};
  }

  #prune(finalized: BinaryString): BlockRef[] {
    const pruned: BlockRef[] = [];
    for (const [key, block] of this.#unfinalized) {
      if (block.parent === finalized || this.#unfinalized.has(block.parent)) continue;
      this.#unfinalized.delete(key);
      pruned.push(block);
    }
    return pruned;
  }

  /** All or none: false when one of them is not pinned. An unfinalized block may be let go like any other. */
  unpin(blocks: readonly Uint8Array[]): boolean {
    const keys = blocks.map(bytesToBinary);
    if (!keys.every(key => this.#pinned.has(key))) return false;
    for (const key of keys) this.#letGo(key);
    return true;
  }

  unpinAll(): void {
    for (const key of [...this.#pinned.keys()]) this.#letGo(key);
  }

  #letGo(key: BinaryString): void {
    this.#pinned.get(key)?.();
    this.#pinned.delete(key);
  }
}
