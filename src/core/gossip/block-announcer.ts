import type {BlockAnnounce} from "#network";
import type {Hash} from "#primitives";
import type {Blockchain} from "../chain/blockchain.ts";

const NO_DATA = new Uint8Array(0);

/**
 * Tells peers of blocks as they become part of our chain: all that are new, none of those fetched while catching up.
 * Our head goes into the handshake of peers to come. Returns how to stop.
 */
export function announceBlocks(
  chain: Blockchain,
  network: {
    setBest(best: {readonly number: number; readonly hash: Hash}): void;
    announceToAll(announce: BlockAnnounce, hash: Hash): unknown;
  },
): () => void {
  const stops = [
    chain.on("best", ({hash, number}) => network.setBest({hash, number})),
    chain.on("import", ({hash, origin, isBest}) => {
      if (origin === "sync") return;
      const header = chain.header(hash);
      if (header !== undefined) network.announceToAll({header, isBest, data: NO_DATA}, hash);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
