import type {Millis} from "#base";
import type {PeerId} from "../transport/peer-id.ts";

/** What outlives the process about one peer. */
export interface StoredPeer {
  readonly peer: PeerId;
  /** Multiaddrs without `/p2p/…`. */
  readonly addresses: readonly string[];
  readonly score: number;
  /** It took us in at the first of these addresses. */
  readonly isProved?: boolean;
  readonly ban?: {readonly until: Millis; readonly reason: string};
}

/** Where peers are remembered from one run to the next. */
export interface PeerStore {
  load(): readonly StoredPeer[];
  save(peers: readonly StoredPeer[]): void;
}

/** Remembers as long as the process lives. */
export function createMemoryPeerStore(): PeerStore {
  let stored: readonly StoredPeer[] = [];
  return {
    load: () => stored,
    save: peers => {
      stored = peers;
    },
  };
}
