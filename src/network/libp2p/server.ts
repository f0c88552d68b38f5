import type {Connection, Stream} from "@libp2p/interface";
import type {Clock} from "#base";
import {millis} from "#base";
import {Deadline} from "../transport/deadline.ts";
import {OPEN_TIMEOUT} from "../transport/limits.ts";
import type {NotificationProtocol} from "../transport/notifications.ts";
import type {RequestProtocol} from "../transport/requests.ts";
import type {TransportHandlers} from "../transport/transport.ts";
import {letGo, reset} from "./closing.ts";
import {type FrameRead, FrameReader} from "./frame-reader.ts";
import {drained, trySend, withLength} from "./frame-writer.ts";
import {StreamSource} from "./stream-source.ts";
import {UnreadResponses} from "./unread-responses.ts";

/** How long a response may take to be read by the one who asked, in milliseconds: the longest of their timeouts. */
const RESPONSE_TIMEOUT = millis(40_000);

export interface ServerOptions {
  readonly clock: Clock;
  readonly handlers: TransportHandlers;
}

/** Serves what others open on our node. */
export class Server {
  readonly #options: ServerOptions;
  readonly #unread = new UnreadResponses();
  readonly #inFlight = new WeakMap<Connection, Map<string, number>>();

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  async notification(
    protocol: NotificationProtocol,
    stream: Stream,
    connection: Connection,
  ): Promise<void> {
    const {clock} = this.#options;
    stream.inactivityTimeout = 0;
    const reader = new FrameReader(stream);
    const handshake = await this.#first(protocol, stream, connection, reader, {
      limit: protocol.maxHandshake,
      tooLarge: "handshake-too-large",
      timeout: "handshake-timeout",
    });
    if (handshake === undefined) return;
    protocol.opened({
      peer: connection.remotePeer.toString(),
      handshake,
      refuse: () => reset(stream),
      accept: ours => {
        trySend(stream, withLength(ours));
        const {maxMessage} = protocol;
        return new StreamSource({clock, stream, connection, reader, maxMessage});
      },
    });
  }

  async request(protocol: RequestProtocol, stream: Stream, connection: Connection): Promise<void> {
    const counts = this.#inFlight.get(connection) ?? new Map<string, number>();
    this.#inFlight.set(connection, counts);
    const name = protocol.names[0]!;
    const count = counts.get(name) ?? 0;
    if (count >= protocol.maxInFlight) {
      reset(stream);
      return;
    }
    counts.set(name, count + 1);
    try {
      await this.#answer(protocol, stream, connection);
    } finally {
      counts.set(name, counts.get(name)! - 1);
    }
  }

  async #answer(protocol: RequestProtocol, stream: Stream, connection: Connection): Promise<void> {
    const {clock} = this.#options;
    stream.inactivityTimeout = 0;
    const reader = new FrameReader(stream);
    const request = await this.#first(protocol, stream, connection, reader, {
      limit: protocol.maxRequest,
      tooLarge: "request-too-large",
      timeout: "request-timeout",
    });
    if (request === undefined) return;
    const gone = new AbortController();
    stream.addEventListener("close", () => gone.abort(), {once: true});
    const peer = connection.remotePeer.toString();
    const response = await protocol.answer(peer, request, gone.signal);
    if (response === undefined) {
      reset(stream);
      return;
    }
    const wasRead = this.#unread.hold(response.length, () => reset(stream));
    if (!trySend(stream, withLength(response))) {
      wasRead();
      reset(stream);
      return;
    }
    const deadline = new Deadline(clock, RESPONSE_TIMEOUT, gone.signal);
    deadline.signal.addEventListener("abort", () => {
      if (deadline.outcome === "timeout") reset(stream);
    });
    await drained(stream);
    wasRead();
    deadline.cancel();
    letGo(stream, clock);
  }

  /** The first frame of a stream, which has to come whole and soon; undefined when it did not, and all is done. */
  async #first(
    {names}: {readonly names: readonly string[]},
    stream: Stream,
    connection: Connection,
    reader: FrameReader,
    rules: {
      readonly limit: number;
      readonly tooLarge: "handshake-too-large" | "request-too-large";
      readonly timeout: "handshake-timeout" | "request-timeout";
    },
  ): Promise<Uint8Array | undefined> {
    const deadline = new Deadline(this.#options.clock, OPEN_TIMEOUT);
    const timeout = new Promise<FrameRead>(resolve => {
      deadline.signal.addEventListener("abort", () => resolve({code: "gone"}), {once: true});
    });
    const read = await Promise.race([reader.frame(rules.limit), timeout]);
    const isLate = deadline.outcome === "timeout";
    deadline.cancel();
    if (read.code === "frame") return read.bytes;
    reset(stream);
    const code = isLate
      ? rules.timeout
      : read.code === "too-large"
        ? rules.tooLarge
        : read.code === "malformed"
          ? ("malformed" as const)
          : undefined;
    if (code !== undefined) {
      const violation = {code, protocol: names[0]!};
      this.#options.handlers.violated(connection.remotePeer.toString(), violation);
    }
    return undefined;
  }
}
