import type {CloseReason} from "../transport/failures.ts";
import type {NotificationOpening, NotificationSink} from "../transport/notifications.ts";
import {SendQueue} from "../transport/send-queue.ts";

/** Unread bytes that one substream may have in the air and at the receiver: Yamux' window, as we set it. */
const WINDOW = 1_024 * 1_024;

export interface SinkOptions {
  readonly opening: NotificationOpening;
  readonly handshake: Uint8Array;
  transmit(message: Uint8Array): void;
  /** The substream ends from our side. */
  end(how: "close" | "reset"): void;
  /** The peer did not keep up. */
  overflow(): void;
}

export class MemorySink implements NotificationSink {
  readonly handshake: Uint8Array;
  readonly closed: Promise<CloseReason>;
  readonly #options: SinkOptions;
  readonly #queue = new SendQueue();
  #unread = 0;
  #isOpen = true;
  #onClosed!: (reason: CloseReason) => void;

  constructor(options: SinkOptions) {
    this.#options = options;
    this.handshake = options.handshake;
    this.closed = new Promise(resolve => {
      this.#onClosed = resolve;
    });
  }

  send(message: Uint8Array): boolean {
    if (!this.#isOpen || message.length > this.#options.opening.maxMessage) return false;
    if (!this.#queue.push(message.slice())) {
      this.ended("overflow");
      this.#options.overflow();
      return false;
    }
    this.#flush();
    return true;
  }

  #flush(): void {
    while (this.#isOpen && this.#unread < WINDOW) {
      const message = this.#queue.shift();
      if (message === undefined) return;
      this.#unread += message.length;
      this.#options.transmit(message);
    }
  }

  credit(length: number): void {
    this.#unread -= length;
    this.#flush();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.ended("closed");
    this.#options.end("close");
  }

  ended(reason: CloseReason): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#onClosed(reason);
  }
}
