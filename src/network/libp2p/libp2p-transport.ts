import type {Connection, Ed25519PrivateKey, IdentifyResult} from "@libp2p/interface";
import {peerIdFromPrivateKey} from "@libp2p/peer-id";
import {type Multiaddr, multiaddr} from "@multiformats/multiaddr";
import {err, millis, ok, type Result} from "#base";
import {Deadline} from "../transport/deadline.ts";
import {
  type DialFailure,
  dialFailure,
  type ListenFailure,
  type StreamFailure,
  streamFailure,
} from "../transport/failures.ts";
import {
  DIAL_TIMEOUT,
  MAX_CONNECTIONS_PER_PEER,
  MAX_NOTIFICATION_STREAMS,
} from "../transport/limits.ts";
import type {NotificationOpening, NotificationSink} from "../transport/notifications.ts";
import {parsePeerAddress} from "../transport/peer-address.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {OutgoingRequest} from "../transport/requests.ts";
import type {
  ConnectionInfo,
  Traffic,
  Transport,
  TransportHandlers,
} from "../transport/transport.ts";
import {openNotification, request} from "./client.ts";
import {cut} from "./closing.ts";
import {countTraffic} from "./count-traffic.ts";
import {dialFailureOf} from "./error-names.ts";
import {gater} from "./gater.ts";
import {HalfOpen} from "./half-open.ts";
import {createNode, type Libp2pNode} from "./libp2p-node.ts";
import {CONNECTION_LIMITS, type Libp2pTransportOptions} from "./options.ts";
import {answerPings, keepAlive, PING} from "./ping.ts";
import {Server} from "./server.ts";

/** Ping streams that one connection may keep. */
const MAX_PING_STREAMS = 4;
/** Addresses that one peer may claim to listen on; more are not looked at. */
const MAX_CLAIMED_ADDRESSES = 16;

interface OpenConnection {
  readonly connection: Connection;
  readonly info: ConnectionInfo;
  readonly closed: AbortController;
}

/** One run from `start` to `stop`. */
interface Run {
  readonly node: Libp2pNode;
  readonly handlers: TransportHandlers;
  readonly peers: Map<PeerId, OpenConnection[]>;
}

export class Libp2pTransport implements Transport {
  readonly peerId: PeerId;
  readonly #privateKey: Ed25519PrivateKey;
  readonly #options: Libp2pTransportOptions;
  readonly #traffic = {in: 0, out: 0};
  #run: Run | undefined;

  constructor(privateKey: Ed25519PrivateKey, options: Libp2pTransportOptions) {
    this.#privateKey = privateKey;
    this.#options = options;
    this.peerId = peerIdFromPrivateKey(privateKey).toString();
  }

  async start(handlers: TransportHandlers): Promise<Result<void, ListenFailure>> {
    for (const address of this.#options.listen) {
      if (parseAddress(address) === undefined) {
        return err({code: "address-invalid", address, message: "not a multiaddr"});
      }
    }
    const {clock, limits} = this.#options;
    const {maxPending} = {...CONNECTION_LIMITS, ...limits};
    const gate = gater(this.#options, handlers, new HalfOpen(clock, maxPending));
    const node = await createNode(
      this.#privateKey,
      this.#options,
      gate,
      countTraffic(this.#traffic),
    );
    const run: Run = {node, handlers, peers: new Map()};
    await this.#serve(run);
    // Before the first connection can come in.
    this.#run = run;
    try {
      await node.start();
    } catch (thrown) {
      this.#run = undefined;
      const message = String(thrown);
      const code = message.includes("EADDRINUSE") ? "address-in-use" : "listen-failed";
      await node.stop();
      return err({code, address: this.#options.listen.join(" "), message});
    }
    return ok();
  }

  async #serve(run: Run): Promise<void> {
    const {node, handlers} = run;
    const {clock} = this.#options;
    const server = new Server({clock, handlers});
    node.addEventListener("connection:open", ({detail}) => this.#opened(run, detail));
    node.addEventListener("connection:close", ({detail}) => this.#closed(run, detail));
    node.addEventListener("peer:identify", ({detail}) => identified(handlers, detail));
    await node.handle(PING, stream => answerPings(stream, clock), {
      maxInboundStreams: MAX_PING_STREAMS,
    });
    for (const protocol of handlers.notifications) {
      await node.handle(
        [...protocol.names],
        (stream, connection) => server.notification(protocol, stream, connection),
        {maxInboundStreams: MAX_NOTIFICATION_STREAMS, maxOutboundStreams: MAX_NOTIFICATION_STREAMS},
      );
    }
    for (const protocol of handlers.requests) {
      await node.handle(
        [...protocol.names],
        (stream, connection) => server.request(protocol, stream, connection),
        // Above those in flight: streams that are answered and not yet closed, and those about to be refused.
        {maxInboundStreams: 4 * protocol.maxInFlight},
      );
    }
  }

  #opened(run: Run, connection: Connection): void {
    const peer = connection.remotePeer.toString();
    const others = run.peers.get(peer) ?? [];
    if (others.length >= MAX_CONNECTIONS_PER_PEER) {
      cut(connection);
      return;
    }
    const {clock, random} = this.#options;
    const closed = new AbortController();
    const info: ConnectionInfo = {
      peer,
      direction: connection.direction === "outbound" ? "out" : "in",
      address: withoutPeer(connection.remoteAddr) ?? "",
      since: clock.now(),
    };
    run.peers.set(peer, [...others, {connection, info, closed}]);
    void keepAlive(connection, clock, random, closed.signal);
    if (others.length === 0) run.handlers.connected(info);
  }

  #closed(run: Run, connection: Connection): void {
    const peer = connection.remotePeer.toString();
    const open = run.peers.get(peer);
    const gone = open?.find(one => one.connection === connection);
    if (open === undefined || gone === undefined) return;
    gone.closed.abort();
    const left = open.filter(one => one !== gone);
    if (left.length > 0) {
      run.peers.set(peer, left);
      return;
    }
    run.peers.delete(peer);
    if (this.#run === run) run.handlers.disconnected(peer);
  }

  async stop(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    this.#run = undefined;
    for (const {connection} of [...run.peers.values()].flat()) cut(connection);
    await run.node.stop();
  }

  addresses(): readonly string[] {
    return this.#run?.node.getMultiaddrs().map(address => address.toString()) ?? [];
  }

  async dial(text: string, signal?: AbortSignal): Promise<Result<PeerId, DialFailure>> {
    const parsed = parsePeerAddress(text);
    const address = parsed === undefined ? undefined : parseAddress(text);
    if (parsed === undefined || address === undefined) {
      return err(dialFailure("address-invalid", `${text} is not a multiaddr with /p2p/`));
    }
    const run = this.#run;
    if (run === undefined) return err(dialFailure("stopped", "not started"));
    if (signal?.aborted) return err(dialFailure("aborted", "given up before it began"));
    if (run.peers.has(parsed.peer)) return ok(parsed.peer);
    const deadline = new Deadline(this.#options.clock, millis(DIAL_TIMEOUT), signal);
    try {
      const connection = await run.node.dial(address, {signal: deadline.signal});
      return ok(connection.remotePeer.toString());
    } catch (thrown) {
      return err(dialFailureOf(thrown, deadline));
    } finally {
      deadline.cancel();
    }
  }

  disconnect(peer: PeerId): void {
    for (const {connection} of this.#run?.peers.get(peer) ?? []) cut(connection);
  }

  connections(): readonly ConnectionInfo[] {
    return [...(this.#run?.peers.values() ?? [])].flat().map(({info}) => info);
  }

  get traffic(): Traffic {
    return this.#traffic;
  }

  async openNotification(
    peer: PeerId,
    opening: NotificationOpening,
    signal?: AbortSignal,
  ): Promise<Result<NotificationSink, StreamFailure>> {
    const connection = this.#run?.peers.get(peer)?.[0]?.connection;
    if (connection === undefined) return notConnected(peer);
    return openNotification(connection, this.#options.clock, opening, signal);
  }

  async request(
    peer: PeerId,
    asked: OutgoingRequest,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array, StreamFailure>> {
    const connection = this.#run?.peers.get(peer)?.[0]?.connection;
    if (connection === undefined) return notConnected(peer);
    return request(connection, this.#options.clock, asked, signal);
  }
}

function identified(handlers: TransportHandlers, {peerId, listenAddrs}: IdentifyResult): void {
  const addresses = listenAddrs
    .slice(0, MAX_CLAIMED_ADDRESSES)
    .map(withoutPeer)
    .filter(address => address !== undefined);
  handlers.discovered(peerId.toString(), addresses);
}

/** Undefined for one that has no text: a stranger may claim to listen at bytes that no text stands for. */
export function withoutPeer(address: Pick<Multiaddr, "toString">): string | undefined {
  try {
    return address.toString().replace(/\/p2p\/[^/]+$/, "");
  } catch {
    return undefined;
  }
}

function parseAddress(text: string): Multiaddr | undefined {
  try {
    return multiaddr(text);
  } catch {
    return undefined;
  }
}

function notConnected(peer: PeerId): Result<never, StreamFailure> {
  return err(streamFailure("disconnected", `not connected to ${peer}`));
}
