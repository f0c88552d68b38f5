import {MAX_NOTIFICATION_STREAMS} from "../transport/limits.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {TransportHandlers} from "../transport/transport.ts";
import type {Frame} from "./frames.ts";
import {MemorySource} from "./source.ts";

export interface PeerStreamsOptions {
  readonly peer: PeerId;
  readonly handlers: TransportHandlers;
  send(frame: Frame): void;
}

/** The streams of one connection that the peer opened: what we serve. */
export class PeerStreams {
  readonly #options: PeerStreamsOptions;
  readonly #sources = new Map<number, {name: string; source: MemorySource | undefined}>();
  readonly #answering = new Map<number, {name: string; gone: AbortController}>();
  #isOpen = true;

  constructor(options: PeerStreamsOptions) {
    this.#options = options;
  }

  receive(frame: Frame): void {
    switch (frame.kind) {
      case "open":
        this.#opened(frame);
        break;
      case "message":
        this.#sources.get(frame.stream)?.source?.received(frame.bytes);
        break;
      case "lost":
        this.#sources.get(frame.stream)?.source?.lost(frame.length);
        break;
      case "end": {
        const reason = frame.how === "close" ? "closed-by-peer" : "reset";
        this.#sources.get(frame.stream)?.source?.ended(reason);
        this.#sources.delete(frame.stream);
        break;
      }
      case "request":
        this.#requested(frame);
        break;
      case "cancel":
        this.#answering.get(frame.stream)?.gone.abort();
        break;
    }
  }

  #opened({stream, names, handshake}: Extract<Frame, {kind: "open"}>): void {
    const {handlers, peer, send} = this.#options;
    const refuse = (code: "refused" | "unsupported") => {
      this.#sources.delete(stream);
      send({kind: "refuse", stream, code});
    };
    const protocol = firstNamed(handlers.notifications, names);
    if (protocol === undefined) {
      refuse("unsupported");
      return;
    }
    const name = protocol.names[0]!;
    if (handshake.length > protocol.maxHandshake) {
      refuse("refused");
      handlers.violated(peer, {code: "handshake-too-large", protocol: name});
      return;
    }
    if (countNamed(this.#sources, name) >= MAX_NOTIFICATION_STREAMS) {
      refuse("refused");
      return;
    }
    this.#sources.set(stream, {name, source: undefined});
    protocol.opened({
      peer,
      handshake,
      refuse: () => refuse("refused"),
      accept: ours => this.#accept(stream, protocol.maxMessage, ours),
    });
  }

  #accept(stream: number, maxMessage: number, handshake: Uint8Array): MemorySource {
    const {send} = this.#options;
    const source = new MemorySource({
      maxMessage,
      credit: length => send({kind: "credit", stream, length}),
      end: how => {
        this.#sources.delete(stream);
        send({kind: "end", stream, to: "sink", how});
      },
    });
    const entry = this.#sources.get(stream);
    if (entry === undefined) {
      source.ended(this.#isOpen ? "reset" : "disconnected");
    } else {
      entry.source = source;
      send({kind: "accept", stream, handshake: handshake.slice()});
    }
    return source;
  }

  #requested({stream, names, bytes}: Extract<Frame, {kind: "request"}>): void {
    const {handlers, peer, send} = this.#options;
    const protocol = firstNamed(handlers.requests, names);
    if (protocol === undefined) {
      send({kind: "refuse", stream, code: "unsupported"});
      return;
    }
    const name = protocol.names[0]!;
    const isTooLarge = bytes.length > protocol.maxRequest;
    if (isTooLarge || countNamed(this.#answering, name) >= protocol.maxInFlight) {
      send({kind: "refuse", stream, code: "refused"});
      if (isTooLarge) handlers.violated(peer, {code: "request-too-large", protocol: name});
      return;
    }
    const gone = new AbortController();
    this.#answering.set(stream, {name, gone});
    void protocol.answer(peer, bytes, gone.signal).then(response => {
      this.#answering.delete(stream);
      if (response === undefined) send({kind: "refuse", stream, code: "refused"});
      else send({kind: "response", stream, bytes: response.slice()});
    });
  }

  cut(): void {
    this.#isOpen = false;
    for (const {source} of this.#sources.values()) source?.ended("disconnected");
    for (const {gone} of this.#answering.values()) gone.abort();
    this.#sources.clear();
  }
}

function firstNamed<T extends {readonly names: readonly string[]}>(
  protocols: readonly T[],
  names: readonly string[],
): T | undefined {
  for (const name of names) {
    const found = protocols.find(protocol => protocol.names.includes(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function countNamed(streams: ReadonlyMap<number, {name: string}>, name: string): number {
  let count = 0;
  for (const stream of streams.values()) if (stream.name === name) count++;
  return count;
}
