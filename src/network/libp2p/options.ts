import type {Clock, Logger} from "#base";

export interface Libp2pTransportOptions {
  /** The ed25519 seed of 32 bytes that the peer id follows from. */
  readonly nodeKey: Uint8Array;
  /** Multiaddrs, e.g. `/ip4/0.0.0.0/tcp/30333` and `/ip4/127.0.0.1/tcp/0/ws`. Port 0 is any free one. */
  readonly listen: readonly string[];
  /** What others are told instead of the addresses listened on, e.g. those outside a NAT. */
  readonly announce?: readonly string[];
  /** `name/version (node name)`, as identify shows it. */
  readonly agentVersion: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly limits?: Partial<ConnectionLimits>;
  /** False for hosts that may not connect, before any cryptography: text of an IP address. */
  readonly admitsHost?: (host: string) => boolean;
}

export interface ConnectionLimits {
  readonly maxConnections: number;
  /** Inbound connections that are still being secured; with one more, one of them makes way. */
  readonly maxPending: number;
  /** Inbound connections a second from one host. */
  readonly maxPerHostPerSecond: number;
}

/**
 * Slots, and not connections, are what peers compete for; so there is room for those who are about to be told that
 * there is none, and for light clients that only ask. Five a second from one host is libp2p's own. A connection that
 * is being secured costs a descriptor and little more: with 128, of 64 arrivals a second from any number of hosts each
 * has two seconds.
 */
export const CONNECTION_LIMITS: ConnectionLimits = {
  maxConnections: 512,
  maxPending: 128,
  maxPerHostPerSecond: 5,
};
