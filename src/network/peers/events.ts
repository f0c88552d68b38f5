import type {Hash, OpaqueExtrinsic} from "#primitives";
import type {BlockAnnounce} from "../protocols/block-announces.ts";
import type {Role} from "../protocols/roles.ts";
import type {PeerId} from "../transport/peer-id.ts";

/** How far a peer says it has come. */
export interface PeerHello {
  readonly roles: Role;
  readonly bestNumber: number;
  readonly bestHash: Hash;
}

/**
 * What the node hears. A promise is how it holds a peer back: the reader of that peer waits once so many of its
 * messages are being worked on, and the peer's own queue fills up. The promises must not reject.
 */
export interface NetworkEvents {
  /** The peer has a slot, and what we send reaches it. */
  peerAccepted(peer: PeerId, hello: PeerHello): void;
  /** It had been accepted and is no longer. */
  peerGone(peer: PeerId): void;
  /** Not again for a block that this peer has announced before. */
  announce(peer: PeerId, announce: BlockAnnounce, hash: Hash): Promise<void>;
  transactions(peer: PeerId, extrinsics: readonly OpaqueExtrinsic[]): Promise<void>;
  /** Left out where nobody votes: the protocol is not offered then. */
  grandpa?(peer: PeerId, message: Uint8Array): Promise<void>;
  /** What we sent it of finality may be lost: the substream broke, and is open again. */
  grandpaReopened?(peer: PeerId): void;
}
