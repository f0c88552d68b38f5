import type {PeerId} from "./peer-id.ts";

/** A multiaddr that names its peer, in two parts. */
export interface PeerAddress {
  readonly peer: PeerId;
  /** Without `/p2p/…`. */
  readonly address: string;
}

/** Longest multiaddr we look at, in characters: a DNS name of 253 and some protocols around it. */
const MAX_ADDRESS = 400;
/** An ed25519 peer id has 52 characters of base58; peers in memory may have any plain name. */
const PEER_ADDRESS = /^((?:\/[^/\s]+)+)\/p2p\/([0-9A-Za-z]{1,64})$/;

/** Splits `/ip4/…/tcp/30333/p2p/12D3Koo…`; undefined when the text is something else. */
export function parsePeerAddress(text: string): PeerAddress | undefined {
  if (text.length > MAX_ADDRESS) return undefined;
  const match = PEER_ADDRESS.exec(text);
  return match === null ? undefined : {address: match[1]!, peer: match[2]!};
}

export function peerAddressToText({address, peer}: PeerAddress): string {
  return `${address}/p2p/${peer}`;
}
