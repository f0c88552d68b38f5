/**
 * What goes over a wire of the in-memory network. A stream is named by whoever opened it; `to` says whose.
 * Frames carry bytes, never objects of the protocols above, and those bytes are copies.
 */
export type Frame =
  | {readonly kind: "connected"}
  | {readonly kind: "disconnect"}
  | {
      readonly kind: "open";
      readonly stream: number;
      readonly names: readonly string[];
      readonly handshake: Uint8Array;
    }
  | {readonly kind: "accept"; readonly stream: number; readonly handshake: Uint8Array}
  | {
      readonly kind: "refuse";
      readonly stream: number;
      readonly code: "refused" | "unsupported";
    }
  | {readonly kind: "message"; readonly stream: number; readonly bytes: Uint8Array}
  /** Stands in for a message that chaos swallowed, so that the sender's window does not leak. */
  | {readonly kind: "lost"; readonly stream: number; readonly length: number}
  /** So many bytes were read: the sender may send as many again. */
  | {readonly kind: "credit"; readonly stream: number; readonly length: number}
  | {
      readonly kind: "end";
      readonly stream: number;
      readonly to: "sink" | "source";
      readonly how: "close" | "reset";
    }
  | {
      readonly kind: "request";
      readonly stream: number;
      readonly names: readonly string[];
      readonly bytes: Uint8Array;
    }
  | {readonly kind: "response"; readonly stream: number; readonly bytes: Uint8Array}
  | {readonly kind: "cancel"; readonly stream: number};

/** Bytes of messages, requests and handshakes in a frame: what a real wire puts around them is not here. */
export function contentSize(frame: Frame): number {
  if ("bytes" in frame) return frame.bytes.length;
  return "handshake" in frame ? frame.handshake.length : 0;
}
