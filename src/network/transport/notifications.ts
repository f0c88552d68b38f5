import type {CloseReason} from "./failures.ts";
import type {PeerId} from "./peer-id.ts";

/**
 * A notification protocol as we serve it (spec §1.4). Its opener sends a handshake, gets ours, and is afterwards
 * the only one to send. To talk both ways each side opens a substream of its own.
 */
export interface NotificationProtocol {
  /** The main name, then what older nodes call it. */
  readonly names: readonly string[];
  /** Bytes. A longer handshake or message resets the substream before it is buffered. */
  readonly maxHandshake: number;
  readonly maxMessage: number;
  /** A peer opened a substream and its handshake is here. Exactly one of `accept` and `refuse` is to be called. */
  opened(incoming: IncomingNotification): void;
}

export interface IncomingNotification {
  readonly peer: PeerId;
  readonly handshake: Uint8Array;
  /** Answers with our handshake. */
  accept(handshake: Uint8Array): NotificationSource;
  /** Resets the substream without an answer: what Substrate does when no slot is free. */
  refuse(): void;
}

/** The receiving end of a substream. It is pulled: as long as nobody asks, the sender is held back. */
export interface NotificationSource {
  /** The next message, or undefined once nothing more will come. One call at a time. */
  next(): Promise<Uint8Array | undefined>;
  /** Tells the opener that we want no more. */
  close(): void;
  /** Never rejects. */
  readonly closed: Promise<CloseReason>;
}

/** What we open a substream with. */
export interface NotificationOpening {
  /** In order of preference; the first that the peer knows is used. */
  readonly names: readonly string[];
  readonly handshake: Uint8Array;
  /** Largest handshake that we take as an answer, and largest message that may be sent, in bytes. */
  readonly maxHandshake: number;
  readonly maxMessage: number;
}

/** The sending end of a substream. */
export interface NotificationSink {
  /** The peer's answer. */
  readonly handshake: Uint8Array;
  /**
   * Queues one message and says whether it was taken: not when closed, not when it is larger than the protocol
   * allows. A peer that lets the queue run over (`SEND_QUEUE_LIMITS`) is disconnected.
   */
  send(message: Uint8Array): boolean;
  close(): void;
  /** Never rejects. Also tells when the peer closed its half, which means that it wants no more. */
  readonly closed: Promise<CloseReason>;
}
