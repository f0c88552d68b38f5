import type {Duplex} from "node:stream";
import type {WebSocket} from "ws";
import {BoundedQueue} from "#base";
import type {Budget, Holding} from "../budgets/index.ts";
import {deferred} from "./deferred.ts";

/**
 * Bytes handed to a socket that it has not passed on, beyond which it counts as slow. Well above a burst of heads
 * to a thousand subscriptions, so that no reader is cut off for one busy moment.
 */
const SOCKET_BUFFER = 1_024 * 1_024;

export interface OutboxOptions {
  /** Under the WebSocket. */
  readonly transport: Pick<Duplex, "cork" | "uncork">;
  readonly maxQueuedMessages: number;
  readonly maxRequestsInFlight: number;
  /** Of all answers, that what waits here counts against. */
  readonly budget: Budget;
  /** The socket takes messages again. */
  onRelief(): void;
  /** The client is too slow for what it subscribed to, or asked for. */
  onOverflow(): void;
}

/** Bytes that wait, from one account of them to the next. */
const ACCOUNT_STEP = 65_536;

/** What goes to one client, in order. Replies always fit, since unread requests are not worked on. */
export class Outbox {
  readonly #socket: WebSocket;
  readonly #options: OutboxOptions;
  readonly #waiting: BoundedQueue<string>;
  readonly #onWritten: () => void;
  readonly #held: Holding;
  /** Characters of what waits here; the socket counts its own. */
  #waitingLength = 0;
  #isClosed = false;
  #isGathering = false;
  #room: {readonly promise: Promise<void>; readonly resolve: () => void} | undefined;

  constructor(socket: WebSocket, options: OutboxOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#waiting = new BoundedQueue(options.maxQueuedMessages + options.maxRequestsInFlight);
    this.#onWritten = () => this.#flush();
    this.#held = options.budget.open(() => options.onOverflow());
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
    this.#held.release();
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
    if (this.#isClosed) return;
    if (!this.isClogged) this.#send(text);
    else if (this.#waiting.push(text)) this.#waitingLength += text.length;
    else this.#options.onOverflow();
    this.#account();
  }

  /**
   * What one breath of the event loop has to say goes to the system in one piece: answers to transactions come by dozens, when
   * a thread has checked their signatures, and handing one over costs as much as making it.
   */
  #send(text: string): void {
    if (!this.#isGathering) {
      this.#isGathering = true;
      const {transport} = this.#options;
      transport.cork();
      process.nextTick(() => {
        this.#isGathering = false;
        transport.uncork();
      });
    }
    this.#socket.send(text, this.#onWritten);
  }

  #account(): void {
    const bytes = this.#waitingLength + this.#socket.bufferedAmount;
    if (Math.abs(bytes - this.#held.amount) < ACCOUNT_STEP || this.#isClosed) return;
    if (!this.#held.resize(bytes)) this.#options.onOverflow();
  }

  #flush(): void {
    while (this.#socket.bufferedAmount <= SOCKET_BUFFER) {
      const text = this.#waiting.shift();
      if (text === undefined) break;
      this.#waitingLength -= text.length;
      this.#send(text);
    }
    this.#account();
    if (this.isClogged) return;
    this.#giveRoom();
    this.#options.onRelief();
  }

  #giveRoom(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }
}
