import type {Hash, Header} from "#primitives";
import type {BlockRef} from "./block-ref.ts";

/**
 * What finality asks of the local chain, answered at once. It must know every imported block from the last
 * finalized one up; below that it may answer as if the block were unknown, except for the canonical chain's
 * `isDescendant`. Headers are asked for by the thousand when finality lags: keep them in memory.
 */
export interface ChainView {
  /** Undefined for a block that is not imported. */
  header(hash: Hash): Header | undefined;
  /** Is `block` the same as `ancestor` or built on it? False when either is unknown. */
  isDescendant(ancestor: Hash, block: Hash): boolean;
  /** Head of the best chain among those that contain `block`: at least `block` itself; undefined if unknown. */
  bestContaining(block: Hash): BlockRef | undefined;
}

/** The block at height `number` on the chain that ends in `block`; undefined below what the view knows. */
export function ancestorAt(
  chain: Pick<ChainView, "header">,
  block: BlockRef,
  number: number,
): BlockRef | undefined {
  let at = block;
  while (at.number > number) {
    const header = chain.header(at.hash);
    if (header === undefined) return undefined;
    at = {hash: header.parentHash, number: at.number - 1};
  }
  return at.number === number ? at : undefined;
}
