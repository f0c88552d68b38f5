import type {Connection, Stream} from "@libp2p/interface";
import type {Clock} from "#base";
import type {CloseReason} from "../transport/failures.ts";
import type {NotificationSource} from "../transport/notifications.ts";
import {letGo, reset} from "./closing.ts";
import type {FrameReader} from "./frame-reader.ts";

export interface StreamSourceOptions {
  readonly clock: Clock;
  readonly stream: Stream;
  readonly connection: Connection;
  readonly reader: FrameReader;
  readonly maxMessage: number;
}

export class StreamSource implements NotificationSource {
  readonly closed: Promise<CloseReason>;
  readonly #options: StreamSourceOptions;
  #reason: CloseReason | undefined;
  #onClosed!: (reason: CloseReason) => void;
  readonly #cutOff: Promise<undefined>;
  #onCutOff!: (nothing: undefined) => void;

  constructor(options: StreamSourceOptions) {
    this.#options = options;
    this.closed = new Promise(resolve => {
      this.#onClosed = resolve;
    });
    this.#cutOff = new Promise(resolve => {
      this.#onCutOff = resolve;
    });
    const {stream, connection, clock} = options;
    const closedByPeer = () => {
      if (this.#end("closed-by-peer")) letGo(stream, clock);
    };
    stream.addEventListener("remoteCloseWrite", closedByPeer);
    stream.addEventListener("close", ({error}) => {
      if (error === undefined && connection.status === "open") closedByPeer();
      else this.#end(error?.name === "StreamResetError" ? "reset" : "disconnected");
    });
    if (stream.remoteWriteStatus === "closed") closedByPeer();
  }

  next(): Promise<Uint8Array | undefined> {
    // What came before an orderly end can still be read.
    if (this.#reason !== undefined && this.#reason !== "closed-by-peer") {
      return Promise.resolve(undefined);
    }
    return Promise.race([this.#read(), this.#cutOff]);
  }

  async #read(): Promise<Uint8Array | undefined> {
    const read = await this.#options.reader.frame(this.#options.maxMessage);
    if (read.code === "frame") return read.bytes;
    if (read.code === "too-large" || read.code === "malformed") {
      this.#end(read.code);
      reset(this.#options.stream);
    }
    return undefined;
  }

  close(): void {
    if (this.#end("closed")) letGo(this.#options.stream, this.#options.clock);
  }

  #end(reason: CloseReason): boolean {
    if (this.#reason !== undefined) return false;
    this.#reason = reason;
    this.#onClosed(reason);
    if (reason !== "closed-by-peer") this.#onCutOff(undefined);
    return true;
  }
}
