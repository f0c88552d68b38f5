import {bytesToBinary, equalBytes} from "#base";
import {encode} from "#codec";
import {type DigestItem, type Hash, type Header, headerHash} from "#primitives";
import type {BlockRef, ChainView} from "../index.ts";
import {GRANDPA_ENGINE, type GrandpaLog, grandpaLog} from "../index.ts";
import {hashing} from "./crypto.ts";

const ZERO = new Uint8Array(32);

/** A header of which only place and digest matter; `salt` tells siblings apart. */
export function headerOn(
  parent: BlockRef | undefined,
  salt = 0,
  digest: readonly DigestItem[] = [],
): Header {
  return {
    parentHash: parent?.hash ?? ZERO,
    number: parent === undefined ? 0 : parent.number + 1,
    stateRoot: new Uint8Array(32).fill(salt),
    extrinsicsRoot: ZERO,
    digest,
  };
}

export const refOf = (header: Header): BlockRef => ({
  hash: headerHash(header, hashing),
  number: header.number,
});

export const GENESIS = headerOn(undefined);

export const logItem = (log: GrandpaLog): DigestItem => ({
  type: "Consensus",
  value: [GRANDPA_ENGINE, encode(grandpaLog, log)],
});

/** A block tree in memory, with the longest chain above the finalized block as its best. */
export class TestChain implements ChainView {
  readonly headers = new Map<string, {header: Header; ref: BlockRef}>();
  finalized: BlockRef;
  #best: BlockRef;
  /** If set, the best chain is a different one at every asking: the worst that fork choice may do to finality. */
  fickle: (() => number) | undefined;

  constructor(genesis = GENESIS) {
    this.finalized = this.add(genesis);
    this.#best = this.finalized;
  }

  add(header: Header): BlockRef {
    const ref = refOf(header);
    this.headers.set(bytesToBinary(ref.hash), {header, ref});
    if (this.#best !== undefined && ref.number > this.#best.number) {
      const extendsBest = equalBytes(header.parentHash, this.#best.hash);
      if (extendsBest || this.isDescendant(this.finalized.hash, ref.hash)) this.#best = ref;
    }
    return ref;
  }

  /** Adds a child and names it. */
  extend(parent: BlockRef, salt = 0, digest: readonly DigestItem[] = []): BlockRef {
    return this.add(headerOn(parent, salt, digest));
  }

  /** `count` blocks on top of one another, the lowest first. */
  grow(parent: BlockRef, count: number, salt = 0): BlockRef[] {
    const blocks: BlockRef[] = [];
    let at = parent;
    for (let i = 0; i < count; i++) {
      at = this.extend(at, salt);
      blocks.push(at);
    }
    return blocks;
  }

  /** As a copy of the database has it. */
  restore(
    headers: ReadonlyMap<string, {header: Header; ref: BlockRef}>,
    finalized: BlockRef,
  ): void {
    this.headers.clear();
    for (const [key, entry] of headers) this.headers.set(key, entry);
    this.finalized = finalized;
    this.#best = this.#highest(finalized.hash) ?? finalized;
  }

  has(hash: Hash): boolean {
    return this.headers.has(bytesToBinary(hash));
  }

  get best(): BlockRef {
    return this.#best;
  }

  finalize(block: BlockRef): void {
    this.finalized = block;
    if (!this.isDescendant(block.hash, this.#best.hash)) {
      this.#best = this.#highest(block.hash) ?? block;
    }
  }

  header(hash: Hash): Header | undefined {
    return this.headers.get(bytesToBinary(hash))?.header;
  }

  isDescendant(ancestor: Hash, block: Hash): boolean {
    const target = this.header(ancestor);
    let at = this.header(block);
    if (target === undefined || at === undefined) return false;
    let hash = block;
    while (at !== undefined && at.number > target.number) {
      hash = at.parentHash;
      at = this.header(hash);
    }
    return bytesToBinary(hash) === bytesToBinary(ancestor);
  }

  bestContaining(block: Hash): BlockRef | undefined {
    if (this.fickle !== undefined) return this.#any(block, this.fickle);
    if (this.isDescendant(block, this.#best.hash)) return this.#best;
    return this.#highest(block);
  }

  #any(block: Hash, random: () => number): BlockRef | undefined {
    const above = [...this.headers.values()]
      .slice(-40)
      .filter(({ref}) => this.isDescendant(block, ref.hash));
    const found = above[Math.floor(random() * above.length)]?.ref;
    return (
      found ?? (this.has(block) ? {hash: block, number: this.header(block)!.number} : undefined)
    );
  }

  #highest(block: Hash): BlockRef | undefined {
    let best: BlockRef | undefined;
    for (const {ref} of this.headers.values()) {
      if (best !== undefined && ref.number <= best.number) continue;
      if (this.isDescendant(block, ref.hash)) best = ref;
    }
    return best;
  }
}
