import {type BinaryString, LruCache, type Millis} from "#base";
import type {PeerId} from "./actions.ts";

/** What a peer last said of itself. */
export interface PeerView {
  readonly setId: number;
  readonly round: number;
  readonly finalized: number;
}

export interface Peer {
  readonly id: PeerId;
  readonly isLight: boolean;
  view: PeerView | undefined;
  /** When the view came. */
  viewAt: Millis;
  /** Votes that it has or was sent, by their signatures. */
  readonly known: LruCache<BinaryString, true>;
  /** The height of the last commit that it was sent. */
  commitSent: number;
  /** The set whose end it was last told of. */
  setEndSent: number;
}

/** Votes remembered of each peer: some rounds of a large set. */
const KNOWN_VOTES = 4_096;

/** Who listens, and what they know. */
export class PeerBook {
  readonly #peers = new Map<PeerId, Peer>();

  add(id: PeerId, isLight: boolean): Peer {
    const peer: Peer = {
      id,
      isLight,
      view: undefined,
      viewAt: 0 as Millis,
      known: new LruCache(KNOWN_VOTES),
      commitSent: -1,
      setEndSent: -1,
    };
    this.#peers.set(id, peer);
    return peer;
  }

  remove(id: PeerId): void {
    this.#peers.delete(id);
  }

  get(id: PeerId): Peer | undefined {
    return this.#peers.get(id);
  }

  all(): Iterable<Peer> {
    return this.#peers.values();
  }
}

/** Whether a peer with this view takes votes of a round: it is in it, or a round before or after. */
export function takesVotes({view, isLight}: Peer, setId: number, round: number): boolean {
  if (isLight || view === undefined || view.setId !== setId) return false;
  return Math.abs(view.round - round) <= 1;
}
