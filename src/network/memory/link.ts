import type {PeerId} from "../transport/peer-id.ts";
import type {ConnectionEnd} from "./connection-end.ts";
import type {Wire} from "./wire.ts";

/** A connection as the network sees it: who is at its ends, and the two wires. */
export interface Link {
  readonly dialer: PeerId;
  readonly listener: PeerId;
  readonly wires: readonly [outward: Wire, homeward: Wire];
  readonly ends: {dialer?: ConnectionEnd | undefined; listener?: ConnectionEnd | undefined};
  /** Ends when a black hole that this link fell into is gone. */
  blackHole: AbortController | undefined;
}

export function joins({dialer, listener}: Link, a: PeerId, b: PeerId): boolean {
  return (dialer === a && listener === b) || (dialer === b && listener === a);
}

/** Both ends find the connection dead at once, as after a reset. */
export function cutLink({wires, ends, blackHole}: Link): void {
  blackHole?.abort();
  for (const wire of wires) wire.cut();
  ends.dialer?.cut();
  ends.listener?.cut();
}
