import type {Millis} from "#base";
import type {PeerId} from "./peer-id.ts";

/** A request protocol as we serve it (spec §1.5). */
export interface RequestProtocol {
  /** The main name, then what older nodes call it. */
  readonly names: readonly string[];
  /** Bytes; a longer request resets its substream before it is buffered. */
  readonly maxRequest: number;
  /** Requests of one connection that may be under way at once; those above are reset unread. */
  readonly maxInFlight: number;
  /**
   * The response, or undefined to refuse: the substream is then reset. The signal ends when the asker has gone.
   */
  answer(peer: PeerId, request: Uint8Array, signal: AbortSignal): Promise<Uint8Array | undefined>;
}

export interface OutgoingRequest {
  /** In order of preference; the first that the peer knows is used. */
  readonly names: readonly string[];
  readonly request: Uint8Array;
  /** Bytes. A longer response is not read. */
  readonly maxResponse: number;
  /** From asking to the last byte of the response. */
  readonly timeout: Millis;
}
