import type {Millis, Result} from "#base";
import type {DialFailure, ListenFailure, StreamFailure} from "./failures.ts";
import type {NotificationOpening, NotificationProtocol, NotificationSink} from "./notifications.ts";
import type {PeerId} from "./peer-id.ts";
import type {OutgoingRequest, RequestProtocol} from "./requests.ts";

/** Who dialled: `out` when we did. */
export type Direction = "in" | "out";

export interface ConnectionInfo {
  readonly peer: PeerId;
  readonly direction: Direction;
  /** The multiaddr at the peer's end, without `/p2p/…`. An inbound one cannot be dialled. */
  readonly address: string;
  readonly since: Millis;
}

/** Bytes since the transport was made, in both directions. */
export interface Traffic {
  readonly in: number;
  readonly out: number;
}

/** What a peer did against the rules below the level of any protocol's messages. */
export interface Violation {
  readonly code:
    | "handshake-too-large"
    | "handshake-timeout"
    | "request-too-large"
    | "malformed"
    | "request-timeout";
  readonly protocol: string;
}

export interface TransportHandlers {
  readonly notifications: readonly NotificationProtocol[];
  readonly requests: readonly RequestProtocol[];
  /** The first connection to this peer stands. */
  connected(connection: ConnectionInfo): void;
  /** The last connection to this peer is gone; all its substreams have been closed before. */
  disconnected(peer: PeerId): void;
  /** Asked before a connection to or from a peer is made use of: false for the banned. */
  admits(peer: PeerId): boolean;
  /** Addresses of a peer were learned, each a multiaddr without `/p2p/…`. Hearsay: anybody may claim anything. */
  discovered(peer: PeerId, addresses: readonly string[]): void;
  violated(peer: PeerId, violation: Violation): void;
}

/**
 * Authenticated, ordered, multiplexed connections to peers, and on them Substrate's two kinds of exchange.
 * Nothing here throws or rejects for what a peer or the network does.
 */
export interface Transport {
  readonly peerId: PeerId;
  /** Listens and serves. May be called again after `stop`. */
  start(handlers: TransportHandlers): Promise<Result<void, ListenFailure>>;
  /** Closes every connection; afterwards no handler is called any more. */
  stop(): Promise<void>;
  /** Where others can reach us: multiaddrs that end in `/p2p/<our peer id>`. Empty unless started. */
  addresses(): readonly string[];
  /**
   * Connects to `/…/p2p/<peer>`, unless connected already. Ten seconds at most. A peer other than the one
   * named is a failure.
   */
  dial(address: string, signal?: AbortSignal): Promise<Result<PeerId, DialFailure>>;
  /** Cuts all connections with a peer. What was queued for it may be lost. `disconnected` follows. */
  disconnect(peer: PeerId): void;
  connections(): readonly ConnectionInfo[];
  /** As the network below carries them: those of encryption and frames too, where there are any. */
  readonly traffic: Traffic;
  /** Opens our substream of a protocol: our handshake goes out, theirs comes back in the sink. Ten seconds at most. */
  openNotification(
    peer: PeerId,
    opening: NotificationOpening,
    signal?: AbortSignal,
  ): Promise<Result<NotificationSink, StreamFailure>>;
  /** Asks once, on a substream of its own. */
  request(
    peer: PeerId,
    request: OutgoingRequest,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array, StreamFailure>>;
}
