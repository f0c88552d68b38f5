import type {Connection, Stream} from "@libp2p/interface";
import type {Clock} from "#base";
import type {CloseReason} from "../transport/failures.ts";
import type {NotificationSink} from "../transport/notifications.ts";
import {SendQueue} from "../transport/send-queue.ts";
import {letGo} from "./closing.ts";
import {drained, takesMore, trySend, withLength} from "./frame-writer.ts";

export interface StreamSinkOptions {
  readonly clock: Clock;
  readonly stream: Stream;
  readonly connection: Connection;
  readonly handshake: Uint8Array;
  readonly maxMessage: number;
  /** The peer did not keep up. */
  overflow(): void;
}

export class StreamSink implements NotificationSink {
  readonly handshake: Uint8Array;
  readonly closed: Promise<CloseReason>;
  readonly #options: StreamSinkOptions;
  readonly #queue = new SendQueue();
  #isOpen = true;
  #isPumping = false;
  #onClosed!: (reason: CloseReason) => void;

  constructor(options: StreamSinkOptions) {
    this.#options = options;
    this.handshake = options.handshake;
    this.closed = new Promise(resolve => {
      this.#onClosed = resolve;
    });
    const {stream, connection, clock} = options;
    const closedByPeer = () => {
      if (this.#end("closed-by-peer")) letGo(stream, clock);
    };
    stream.addEventListener("close", ({error}) => {
      if (error === undefined && connection.status === "open") closedByPeer();
      else this.#end(error?.name === "StreamResetError" ? "reset" : "disconnected");
    });
    // Nothing ever comes on this stream, so this is all that tells of the peer's wish to end it.
    stream.addEventListener("remoteCloseWrite", closedByPeer);
    if (stream.remoteWriteStatus === "closed") closedByPeer();
  }

  send(message: Uint8Array): boolean {
    if (!this.#isOpen || message.length > this.#options.maxMessage) return false;
    if (!this.#queue.push(withLength(message))) {
      this.#end("overflow");
      this.#options.overflow();
      return false;
    }
    if (!this.#isPumping) void this.#pump();
    return true;
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    const {stream} = this.#options;
    while (this.#isOpen && this.#queue.length > 0) {
      if (!takesMore(stream) && !(await drained(stream))) break;
      const message = this.#queue.shift();
      if (message === undefined || !trySend(stream, message)) break;
    }
    this.#isPumping = false;
  }

  close(): void {
    if (this.#end("closed")) letGo(this.#options.stream, this.#options.clock);
  }

  #end(reason: CloseReason): boolean {
    if (!this.#isOpen) return false;
    this.#isOpen = false;
    this.#onClosed(reason);
    return true;
  }
}
