import {millis} from "#base";

/** From asking for a substream to having the peer's handshake (spec §1.4). */
export const OPEN_TIMEOUT = millis(10_000);
/** From dialling to a connection that is secured and multiplexed; Substrate allows 20 s, libp2p's default is 10 s. */
export const DIAL_TIMEOUT = millis(10_000);
/** From a stranger's dialling to the same, at our end: a few round trips, even on a bad line. */
export const INBOUND_TIMEOUT = millis(5_000);
/** A dialler speaks first, as soon as the connection stands. */
export const FIRST_BYTES_TIMEOUT = millis(2_000);
/** Two that dial each other at once get two connections; a third has no use (spec §1.4). */
export const MAX_CONNECTIONS_PER_PEER = 2;
/** Substreams of one notification protocol from one connection: an opener may come again before its old one is gone. */
export const MAX_NOTIFICATION_STREAMS = 2;
