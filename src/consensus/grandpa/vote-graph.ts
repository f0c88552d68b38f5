import {bytesToBinary} from "#base";
import type {BlockRef} from "./block-ref.ts";
import type {ChainView} from "./chain-view.ts";

/** A block of the graph: an index into its columns. The base is 0. */
export type Node = number;
export const BASE: Node = 0;

export type Tally = "prevotes" | "precommits";

/**
 * The blocks between a round's base and all that was voted for, each with the weight of the votes for it and its
 * descendants. A block is walked to once, in the chain; after that a vote is a walk down a column of integers, some
 * microseconds per thousand blocks, and a weight is one look-up. Weights hold no equivocators: see `Round`.
 */
export class VoteGraph {
  readonly #chain: Pick<ChainView, "header">;
  readonly #nodes = new Map<string, Node>();
  readonly #blocks: BlockRef[] = [];
  readonly #parents: Node[] = [];
  readonly #children: Node[][] = [];
  readonly #weights: Readonly<Record<Tally, number[]>> = {prevotes: [], precommits: []};

  constructor(base: BlockRef, chain: Pick<ChainView, "header">) {
    this.#chain = chain;
    this.#append(base, -1);
  }

  get base(): BlockRef {
    return this.#blocks[BASE]!;
  }

  block(node: Node): BlockRef {
    return this.#blocks[node]!;
  }

  /** -1 for the base. */
  parent(node: Node): Node {
    return this.#parents[node]!;
  }

  children(node: Node): readonly Node[] {
    return this.#children[node]!;
  }

  weight(node: Node, tally: Tally): number {
    return this.#weights[tally][node]!;
  }

  /**
   * The node of a block, with all blocks down to the base. A block that is not built on the base stands at the base:
   * the base is final, so all that such a vote says is that its voter is not to be counted above. So does one that
   * names a block with another number than the block has, which would make every proof that it is in unprovable.
   * Undefined for a block that is not imported.
   */
  place(target: BlockRef): Node | undefined {
    const route: BlockRef[] = [];
    let at = target;
    let node = this.#nodes.get(bytesToBinary(at.hash));
    if (node !== undefined) return this.#blocks[node]!.number === target.number ? node : BASE;
    if (at.number > this.base.number && this.#chain.header(at.hash) === undefined) return undefined;
    while (node === undefined) {
      const parent = at.number > this.base.number ? this.#parentOf(at) : undefined;
      if (parent === undefined) return BASE;
      route.push(at);
      at = parent;
      node = this.#nodes.get(bytesToBinary(at.hash));
    }
    for (let i = route.length - 1; i >= 0; i--) node = this.#append(route[i]!, node);
    return node;
  }

  #parentOf({hash, number}: BlockRef): BlockRef | undefined {
    const header = this.#chain.header(hash);
    if (header === undefined || header.number !== number) return undefined;
    return {hash: header.parentHash, number: number - 1};
  }

  #append(block: BlockRef, parent: Node): Node {
    const node = this.#blocks.length;
    this.#nodes.set(bytesToBinary(block.hash), node);
    this.#blocks.push(block);
    this.#parents.push(parent);
    this.#children.push([]);
    this.#weights.prevotes.push(0);
    this.#weights.precommits.push(0);
    if (parent >= 0) this.#children[parent]!.push(node);
    return node;
  }

  /** The node of a block that was placed before, by hash and number. */
  nodeOf({hash, number}: BlockRef): Node | undefined {
    const node = this.#nodes.get(bytesToBinary(hash));
    return node !== undefined && this.#blocks[node]!.number === number ? node : undefined;
  }

  /** Adds weight (negative takes it away) to a block and all below it. */
  add(node: Node, tally: Tally, weight: number): void {
    const column = this.#weights[tally];
    for (let at = node; at >= 0; at = this.#parents[at]!) column[at]! += weight;
  }

  /** Is `ancestor` the same as `node` or below it? */
  isAncestor(ancestor: Node, node: Node): boolean {
    let at = node;
    while (at > ancestor) at = this.#parents[at]!;
    return at === ancestor;
  }

  /** From `start` (itself not asked) upwards as long as some child holds. Right for conditions that, if a block meets, its parent does. */
  highest(start: Node, holds: (node: Node) => boolean): Node {
    let at = start;
    for (;;) {
      const next = this.#children[at]!.find(holds);
      if (next === undefined) return at;
      at = next;
    }
  }

  /** The first that holds on the way from `start`, itself included, down to the base. */
  nearestBelow(start: Node, holds: (node: Node) => boolean): Node | undefined {
    let at = start;
    while (at >= 0 && !holds(at)) at = this.#parents[at]!;
    return at >= 0 ? at : undefined;
  }
}
