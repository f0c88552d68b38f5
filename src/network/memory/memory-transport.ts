import {type Clock, err, ok, type Result} from "#base";
import {
  type DialFailure,
  dialFailure,
  type ListenFailure,
  type StreamFailure,
  streamFailure,
} from "../transport/failures.ts";
import {MAX_CONNECTIONS_PER_PEER} from "../transport/limits.ts";
import type {NotificationOpening, NotificationSink} from "../transport/notifications.ts";
import {parsePeerAddress} from "../transport/peer-address.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {OutgoingRequest} from "../transport/requests.ts";
import type {
  ConnectionInfo,
  Direction,
  Traffic,
  Transport,
  TransportHandlers,
} from "../transport/transport.ts";
import {ConnectionEnd} from "./connection-end.ts";
import type {Wire} from "./wire.ts";

/** What a transport needs of the network that it is on. */
export interface MemoryNetwork {
  readonly clock: Clock;
  connect(
    from: MemoryTransport,
    to: PeerId,
    signal: AbortSignal | undefined,
  ): Promise<Result<PeerId, DialFailure>>;
}

export class MemoryTransport implements Transport {
  readonly peerId: PeerId;
  readonly #network: MemoryNetwork;
  readonly #ends = new Map<PeerId, ConnectionEnd[]>();
  readonly #traffic = {in: 0, out: 0};
  /** Undefined when not started. */
  #handlers: TransportHandlers | undefined;

  constructor(peerId: PeerId, network: MemoryNetwork) {
    this.peerId = peerId;
    this.#network = network;
  }

  async start(handlers: TransportHandlers): Promise<Result<void, ListenFailure>> {
    this.#handlers = handlers;
    return ok();
  }

  async stop(): Promise<void> {
    this.#handlers = undefined;
    for (const peer of [...this.#ends.keys()]) this.disconnect(peer);
  }

  /** The process is gone: nothing here is called any more, and nobody is told. */
  crash(): void {
    this.#handlers = undefined;
    for (const end of this.#allEnds()) end.cut();
  }

  get isListening(): boolean {
    return this.#handlers !== undefined;
  }

  addresses(): readonly string[] {
    return this.isListening ? [`/memory/${this.peerId}/p2p/${this.peerId}`] : [];
  }

  async dial(address: string, signal?: AbortSignal): Promise<Result<PeerId, DialFailure>> {
    const parsed = parsePeerAddress(address);
    const place = /^\/memory\/([^/]+)$/.exec(parsed?.address ?? "")?.[1];
    if (parsed === undefined || place === undefined) {
      return err(dialFailure("address-invalid", `${address} is not /memory/…/p2p/…`));
    }
    if (this.#handlers === undefined) return err(dialFailure("stopped", "not started"));
    if (signal?.aborted) return err(dialFailure("aborted", "given up before it began"));
    if (parsed.peer === this.peerId || !this.#handlers.admits(parsed.peer)) {
      return err(dialFailure("refused", `${parsed.peer} is not to be dialled`));
    }
    if (this.#ends.has(parsed.peer)) return ok(parsed.peer);
    if (place !== parsed.peer) {
      return err(dialFailure("wrong-peer", `${place} answers, not ${parsed.peer}`));
    }
    return this.#network.connect(this, parsed.peer, signal);
  }

  /** Whether the network may set up a connection with this peer now. */
  takes(peer: PeerId): boolean {
    const count = this.#ends.get(peer)?.length ?? 0;
    return this.#handlers?.admits(peer) === true && count < MAX_CONNECTIONS_PER_PEER;
  }

  /** One end of a new connection; the network brings frames to it. */
  attach(peer: PeerId, direction: Direction, wire: Wire): ConnectionEnd | undefined {
    if (this.#handlers === undefined) return undefined;
    const {clock} = this.#network;
    const end = new ConnectionEnd({
      clock,
      peer,
      direction,
      address: `/memory/${peer}`,
      since: clock.now(),
      handlers: this.#handlers,
      wire,
      traffic: this.#traffic,
      cut: gone => this.#detach(gone),
    });
    const ends = this.#ends.get(peer) ?? [];
    this.#ends.set(peer, [...ends, end]);
    if (ends.length === 0) this.#handlers.connected(end.info);
    // What identify tells on a real connection.
    this.#handlers?.discovered(peer, [end.info.address]);
    return end;
  }

  #detach(end: ConnectionEnd): void {
    const {peer} = end.info;
    const left = (this.#ends.get(peer) ?? []).filter(other => other !== end);
    if (left.length > 0) {
      this.#ends.set(peer, left);
      return;
    }
    this.#ends.delete(peer);
    this.#handlers?.disconnected(peer);
  }

  disconnect(peer: PeerId): void {
    for (const end of this.#ends.get(peer) ?? []) end.disconnect();
  }

  #allEnds(): readonly ConnectionEnd[] {
    return [...this.#ends.values()].flat();
  }

  connections(): readonly ConnectionInfo[] {
    return this.#allEnds().map(end => end.info);
  }

  get traffic(): Traffic {
    return this.#traffic;
  }

  async openNotification(
    peer: PeerId,
    opening: NotificationOpening,
    signal?: AbortSignal,
  ): Promise<Result<NotificationSink, StreamFailure>> {
    const end = this.#ends.get(peer)?.[0];
    return end === undefined ? notConnected(peer) : end.own.openNotification(opening, signal);
  }

  async request(
    peer: PeerId,
    request: OutgoingRequest,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array, StreamFailure>> {
    const end = this.#ends.get(peer)?.[0];
    return end === undefined ? notConnected(peer) : end.own.request(request, signal);
  }
}

function notConnected(peer: PeerId): Result<never, StreamFailure> {
  return err(streamFailure("disconnected", `not connected to ${peer}`));
}
