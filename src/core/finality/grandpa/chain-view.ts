import type {ChainView} from "#consensus";
import type {Blockchain} from "../../chain/blockchain.ts";

/**
 * The chain as voters see it, up to a height where one is given: blocks that were announced to them. One that is still on its way to the disk may announce
 * the end of their set; whoever saw it before its announcement would vote, or finalize, past that end.
 */
export function chainViewOf(
  chain: Blockchain,
  highest: () => number = () => Number.POSITIVE_INFINITY,
): ChainView {
  const headerOf = (hash: Uint8Array) => (chain.isAnnounced(hash) ? chain.header(hash) : undefined);
  const refOf = (hash: Uint8Array) => {
    const header = headerOf(hash);
    return header === undefined ? undefined : {hash, number: header.number};
  };
  return {
    header: headerOf,
    isDescendant(ancestor, block) {
      const [below, above] = [refOf(ancestor), refOf(block)];
      return below !== undefined && above !== undefined && chain.isDescendant(above, below);
    },
    bestContaining(block) {
      const ref = refOf(block);
      if (ref === undefined) return undefined;
      let {hash, number} = chain.bestContaining(ref);
      while (!chain.isAnnounced(hash) || (number > highest() && number > ref.number)) {
        hash = chain.header(hash)!.parentHash;
        number--;
      }
      return {hash, number};
    },
  };
}
