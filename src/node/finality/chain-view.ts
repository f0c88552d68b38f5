import type {ChainView} from "#consensus";
import type {Blockchain} from "../chain/blockchain.ts";

/** The chain as voters see it: blocks that are on disk. */
export function chainViewOf(chain: Blockchain): ChainView {
  return {
    header: hash => chain.header(hash),
    ancestorAt: (block, number) => chain.ancestorAt(block, number),
    bestContaining: block => chain.bestContaining(block),
  };
}
