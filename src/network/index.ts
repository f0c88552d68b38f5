/**
 * Talking to other nodes. A `Transport` makes authenticated connections and carries Substrate's two kinds of
 * exchange: notifications (an opener's handshake, an answer, then a one-way stream of messages) and requests (one
 * substream each). There are two that pass one compliance suite: libp2p over TCP and WebSocket, loaded only when
 * asked for, and one in memory with chaos controls for tests and simulation.
 *
 * Everything that comes from a peer is bounded before it is buffered, and everything that goes to a peer waits in
 * a bounded queue. Failures are values; nothing that a peer does throws.
 *
 * Out of scope: what blocks, votes and transactions mean. Handlers are injected; what a message is worth comes
 * back as a report on the peer that sent it.
 */
export {createLibp2pTransport} from "./libp2p/create-libp2p-transport.ts";
export {
  CONNECTION_LIMITS,
  type ConnectionLimits,
  type Libp2pTransportOptions,
} from "./libp2p/options.ts";
export {
  createMemoryHub,
  type MemoryHub,
  type MemoryHubOptions,
} from "./memory/hub.ts";
export type {Between, DelayRange, PartitionMode} from "./memory/weather.ts";
export type {
  CloseReason,
  DialFailure,
  ListenFailure,
  StreamFailure,
} from "./transport/failures.ts";
export type {
  IncomingNotification,
  NotificationOpening,
  NotificationProtocol,
  NotificationSink,
  NotificationSource,
} from "./transport/notifications.ts";
export {
  type PeerAddress,
  parsePeerAddress,
  peerAddressToText,
} from "./transport/peer-address.ts";
export type {OutgoingRequest, RequestProtocol} from "./transport/requests.ts";
export {SEND_QUEUE_LIMITS} from "./transport/send-queue.ts";
export type {
  ConnectionInfo,
  Direction,
  PeerId,
  Transport,
  TransportHandlers,
  Violation,
} from "./transport/transport.ts";
