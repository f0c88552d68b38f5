import type {ChainView} from "#consensus";
import type {Blockchain} from "../chain/blockchain.ts";

/** The chain as voters see it: blocks that are on disk. */
export function chainViewOf(chain: Blockchain): ChainView {
  const refOf = (hash: Uint8Array) => {
    const header = chain.header(hash);
    return header === undefined ? undefined : {hash, number: header.number};
  };
  return {
    header: hash => chain.header(hash),
    isDescendant(ancestor, block) {
      const [below, above] = [refOf(ancestor), refOf(block)];
      return below !== undefined && above !== undefined && chain.isDescendant(above, below);
    },
    bestContaining(block) {
      const ref = refOf(block);
      return ref === undefined ? undefined : chain.bestContaining(ref);
    },
  };
}
