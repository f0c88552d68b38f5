import type {WebSocket} from "ws";
import {BoundedQueue} from "#base";
import {deferred} from "./deferred.ts";

/**
 * Bytes handed to a socket that it has not passed on, beyond which it counts as slow. Well above a burst of heads
 * to a thousand subscriptions, so that no reader is cut off for one busy moment.
 */
const SOCKET_BUFFER = 1_024 * 1_024;

export interface OutboxOptions {
  readonly maxQueuedMessages: number;
  readonly maxRequestsInFlight: number;
  /** The socket takes messages again. */
  onRelief(): void;
  /** The client is too slow for what it subscribed to. */
  onOverflow(): void;
}

/** What goes to one client, in order. Replies always fit, since unread requests are not worked on. */
export class Outbox {
  readonly #socket: WebSocket;
  readonly #options: OutboxOptions;
  readonly #waiting: BoundedQueue<string>;
  readonly #onWritten: () => void;
  #isClosed = false;
  #room: {readonly promise: Promise<void>; readonly resolve: () => void} | undefined;

  constructor(socket: WebSocket, options: OutboxOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#waiting = new BoundedQueue(options.maxQueuedMessages + options.maxRequestsInFlight);
    this.#onWritten = () => this.#flush();
  }

  get isClogged(): boolean {
    return this.#waiting.length > 0 || this.#socket.bufferedAmount > SOCKET_BUFFER;
  }

  /** Undefined while the socket takes messages; else it resolves when it does again, or at `close`. */
  room(): Promise<void> | undefined {
    if (!this.isClogged || this.#isClosed) return undefined;
    this.#room ??= deferred();
    return this.#room.promise;
  }

  /** Nobody waits any longer. */
  close(): void {
    this.#isClosed = true;
    this.#giveRoom();
  }

  reply(text: string): void {
    this.#put(text);
  }

  notify(text: string): void {
    if (this.#waiting.length >= this.#options.maxQueuedMessages) this.#options.onOverflow();
    else this.#put(text);
  }

  #put(text: string): void {
    if (!this.isClogged) this.#socket.send(text, this.#onWritten);
    else if (!this.#waiting.push(text)) this.#options.onOverflow();
  }

  #flush(): void {
    while (this.#socket.bufferedAmount <= SOCKET_BUFFER) {
      const text = this.#waiting.shift();
      if (text === undefined) break;
      this.#socket.send(text, this.#onWritten);
    }
    if (this.isClogged) return;
    this.#giveRoom();
    this.#options.onRelief();
  }

  #giveRoom(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }
}
