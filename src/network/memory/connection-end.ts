import type {Clock, Millis} from "#base";
import type {PeerId} from "../transport/peer-id.ts";
import type {ConnectionInfo, Direction, TransportHandlers} from "../transport/transport.ts";
import {contentSize, type Frame} from "./frames.ts";
import {OwnStreams} from "./own-streams.ts";
import {PeerStreams} from "./peer-streams.ts";
import type {Wire} from "./wire.ts";

export interface EndOptions {
  readonly clock: Clock;
  readonly peer: PeerId;
  readonly direction: Direction;
  readonly address: string;
  readonly since: Millis;
  readonly handlers: TransportHandlers;
  /** What this end sends on. */
  readonly wire: Wire;
  /** Where this end's bytes are counted. */
  readonly traffic: {in: number; out: number};
  /** This end is cut: the transport forgets it. */
  cut(end: ConnectionEnd): void;
}

/** One side of a connection in memory: the streams that we opened and those that the peer did. */
export class ConnectionEnd {
  readonly info: ConnectionInfo;
  readonly own: OwnStreams;
  readonly #peers: PeerStreams;
  readonly #options: EndOptions;
  #isOpen = true;

  constructor(options: EndOptions) {
    this.#options = options;
    const {clock, peer, direction, address, since, handlers} = options;
    this.info = {peer, direction, address, since};
    const send = (frame: Frame) => this.#send(frame);
    this.own = new OwnStreams({clock, send, overflow: () => this.disconnect()});
    this.#peers = new PeerStreams({peer, handlers, send});
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  #send(frame: Frame): void {
    if (!this.#isOpen) return;
    this.#options.traffic.out += contentSize(frame);
    this.#options.wire.send(frame);
  }

  receive(frame: Frame): void {
    if (!this.#isOpen) return;
    this.#options.traffic.in += contentSize(frame);
    if (frame.kind === "disconnect") this.cut();
    else if (!this.own.receive(frame)) this.#peers.receive(frame);
  }

  /** Ends the connection: the peer learns of it after what was sent before. */
  disconnect(): void {
    this.#send({kind: "disconnect"});
    this.cut();
  }

  /** This end is gone; the other is not told. */
  cut(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.own.cut();
    this.#peers.cut();
    this.#options.cut(this);
  }
}
