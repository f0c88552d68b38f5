import {invariant} from "#base";
import type {CloseReason} from "../transport/failures.ts";
import type {NotificationSource} from "../transport/notifications.ts";

export interface SourceOptions {
  readonly maxMessage: number;
  credit(length: number): void;
  /** The substream ends from our side. */
  end(how: "close" | "reset"): void;
}

export class MemorySource implements NotificationSource {
  readonly closed: Promise<CloseReason>;
  readonly #options: SourceOptions;
  #unread: Uint8Array[] = [];
  #waiting: ((message: Uint8Array | undefined) => void) | undefined;
  #isOpen = true;
  #onClosed!: (reason: CloseReason) => void;

  constructor(options: SourceOptions) {
    this.#options = options;
    this.closed = new Promise(resolve => {
      this.#onClosed = resolve;
    });
  }

  next(): Promise<Uint8Array | undefined> {
    invariant(this.#waiting === undefined, "one reader at a time");
    const message = this.#unread.shift();
    if (message !== undefined) {
      this.#options.credit(message.length);
      return Promise.resolve(message);
    }
    if (!this.#isOpen) return Promise.resolve(undefined);
    return new Promise(resolve => {
      this.#waiting = resolve;
    });
  }

  received(message: Uint8Array): void {
    if (!this.#isOpen) return;
    if (message.length > this.#options.maxMessage) {
      this.ended("too-large");
      this.#options.end("reset");
      return;
    }
    const reader = this.#waiting;
    if (reader === undefined) {
      this.#unread.push(message);
      return;
    }
    this.#waiting = undefined;
    this.#options.credit(message.length);
    reader(message);
  }

  lost(length: number): void {
    if (this.#isOpen) this.#options.credit(length);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.ended("closed");
    this.#options.end("close");
  }

  /** What came before an orderly end can still be read; a reset takes it away. */
  ended(reason: CloseReason): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (reason !== "closed-by-peer") this.#unread = [];
    this.#onClosed(reason);
    this.#waiting?.(undefined);
    this.#waiting = undefined;
  }
}
