/**
 * Talking to other nodes. A `Transport` makes authenticated connections and carries Substrate's two kinds of
 * exchange: notifications (an opener's handshake, an answer, then a one-way stream of messages) and requests (one
 * substream each). There are two that pass one compliance suite: libp2p over TCP and WebSocket, loaded only when
 * asked for, and one in memory with chaos controls for tests and simulation.
 *
 * `Network` stands above a transport: it speaks one chain's protocols, decides who gets a slot, dials to fill free
 * ones, remembers who misbehaved, finds others, and hands what it hears to the node. It runs on an injected clock,
 * so that a thousand of them fit into a test.
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
export type {NetworkEvents, PeerHello} from "./peers/events.ts";
export {FilePeerStore} from "./peers/file-peer-store.ts";
export {Network, type NetworkDependencies, type NetworkOptions} from "./peers/network.ts";
export type {NetworkSnapshot, PeerSnapshot} from "./peers/network-snapshot.ts";
export {createMemoryPeerStore, type PeerStore, type StoredPeer} from "./peers/peer-store.ts";
export {
  GRANDPA_UNDECODABLE_PER_BYTE,
  REPORT_REASONS,
  type ReportReason,
} from "./peers/report-reasons.ts";
export type {Ban} from "./peers/reputation.ts";
export type {RequestClient, RequestFailure} from "./peers/request-client.ts";
export type {Refusal, RequestHandlers} from "./peers/request-handlers.ts";
export {SLOT_LIMITS, type SlotKind, type SlotLimits} from "./peers/slots.ts";
export type {BlockAnnounce, BlockAnnouncesHandshake} from "./protocols/block-announces.ts";
export type {BlockAttributes, BlockRequest} from "./protocols/block-request.ts";
export {
  type BlockData,
  type Justification,
  MAX_BLOCKS_IN_RESPONSE,
} from "./protocols/block-response.ts";
export type {LightRequest, LightResponse} from "./protocols/light-request.ts";
export {
  type ChainNames,
  NOTIFICATION_LIMITS,
  protocolNames,
  REQUEST_LIMITS,
} from "./protocols/protocol-table.ts";
export type {Role} from "./protocols/roles.ts";
export type {StateEntries, StateRequest, StateResponse} from "./protocols/state-request.ts";
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
export type {PeerId} from "./transport/peer-id.ts";
export type {OutgoingRequest, RequestProtocol} from "./transport/requests.ts";
export {SEND_QUEUE_LIMITS} from "./transport/send-queue.ts";
export type {
  ConnectionInfo,
  Direction,
  Transport,
  TransportHandlers,
  Violation,
} from "./transport/transport.ts";
