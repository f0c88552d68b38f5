import type {PeerId, Role} from "#network";
import type {BlockRef} from "../chain/chain-events.ts";

/** How messages of finality reach peers. */
export interface FinalityPeers {
  send(peer: PeerId, message: Uint8Array): void;
  report(peer: PeerId, amount: number, reason: string): void;
  /** Fetches a block that votes are for. */
  wantBlock(block: BlockRef, peer: PeerId | undefined): void;
  /** Fetches the proof of a block's finality; undefined when the peer has none. */
  askJustification(block: BlockRef, peer: PeerId): Promise<Uint8Array | undefined>;
}

/** As GRANDPA's messages weigh them: bits of a role (spec/network §1.2). */
export const ROLES: Readonly<Record<Role, number>> = {full: 1, light: 2, authority: 4};

/** Before the node has met anybody. */
export const NOBODY: FinalityPeers = {
  send() {},
  report() {},
  wantBlock() {},
  askJustification: async () => undefined,
};
