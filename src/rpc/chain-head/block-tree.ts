import {bytesToBinary, equalBytes} from "#base";
import {decodeTrusted} from "#codec";
import {type Header, header} from "#primitives";
import type {BlockRef, ChainQuestions} from "../questions/chain.ts";
import type {TreeBlock} from "./reported-blocks.ts";

export function headerOf(chain: ChainQuestions, block: Uint8Array): Header | undefined {
  const encoded = chain.header(block);
  return encoded && decodeTrusted(header, encoded);
}

export function treeBlock(chain: ChainQuestions, block: BlockRef): TreeBlock | undefined {
  const known = headerOf(chain, block.hash);
  return known && {...block, parent: bytesToBinary(known.parentHash)};
}

/** The last final blocks, at most `count` of them, oldest first; fewer where headers below are missing. */
export function lastFinalized(chain: ChainQuestions, count: number): BlockRef[] {
  const blocks: BlockRef[] = [chain.finalized()];
  while (blocks.length < count) {
    const {hash, number} = blocks[0]!;
    const parentHash = number === 0 ? undefined : headerOf(chain, hash)?.parentHash;
    if (parentHash === undefined || chain.header(parentHash) === undefined) break;
    blocks.unshift({hash: parentHash, number: number - 1});
  }
  return blocks;
}

/** Blocks above a height on whatever fork that may yet win, parents before children; whether they are rooted is for the caller. */
export function* blocksAbove(chain: ChainQuestions, height: number): Generator<TreeBlock> {
  for (let number = height + 1; ; number++) {
    const hashes = chain.hashesAt(number);
    if (hashes.length === 0) return;
    for (const hash of hashes) {
      if (chain.isGivenUp(hash)) continue;
      const block = treeBlock(chain, {hash, number});
      if (block !== undefined) yield block;
    }
  }
}

/** The blocks after one up to another that follows from it; undefined where the way is longer than `most`, or not kept. */
export function routeUp(
  chain: ChainQuestions,
  from: BlockRef,
  to: BlockRef,
  most: number,
): BlockRef[] | undefined {
  if (to.number - from.number > most) return undefined;
  const route: BlockRef[] = [];
  let block = to;
  while (block.number > from.number) {
    route.unshift(block);
    const known = headerOf(chain, block.hash);
    if (known === undefined) return undefined;
    block = {hash: known.parentHash, number: block.number - 1};
  }
  return equalBytes(block.hash, from.hash) ? route : undefined;
}
