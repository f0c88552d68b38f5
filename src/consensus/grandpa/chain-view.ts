import type {Hash} from "#primitives";

/** A block by name and height. */
export interface BlockRef {
  readonly hash: Hash;
  readonly number: number;
}

/** The chain as voters have to know it; all of it synchronous. */
export interface ChainView {
  /** Undefined for a block that is not here. */
  header(hash: Hash): {readonly number: number; readonly parentHash: Hash} | undefined;
  /** The block at a height on the way down from another one; undefined where that is not known. */
  ancestorAt(block: BlockRef, number: number): Hash | undefined;
  /** The head of the best chain that holds the block; the block itself where nothing follows. */
  bestContaining(block: BlockRef): BlockRef;
}
