/** A peer that is not let in, and why. */
export interface BannedPeer {
  readonly peerId: string;
  readonly reason: string;
  /** Unix time in milliseconds. */
  readonly until: number;
}

/** What operators may see of the network and do to it. */
export interface NetworkQuestions {
  bans(): readonly BannedPeer[];
  /** False when the peer was not banned. */
  liftBan(peerId: string): boolean;
  /** False when the text is no multiaddr that ends in `/p2p/…`. */
  addReserved(address: string): boolean;
  removeReserved(peerId: string): void;
  reserved(): readonly string[];
  /** Where the node stands with catching up. */
  sync(): {
    readonly stage: string;
    readonly best: number;
    readonly target: number;
    readonly rate: number | undefined;
    readonly eta: number | undefined;
    readonly waitingFor: string | undefined;
  };
}
