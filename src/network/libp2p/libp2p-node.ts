import {noise} from "@chainsafe/libp2p-noise";
import {yamux} from "@chainsafe/libp2p-yamux";
import {type Identify, identify} from "@libp2p/identify";
import type {ConnectionGater, Ed25519PrivateKey, Libp2p, Metrics} from "@libp2p/interface";
import {tcp} from "@libp2p/tcp";
import {webSockets} from "@libp2p/websockets";
import {createLibp2p} from "libp2p";
import {DIAL_TIMEOUT, INBOUND_TIMEOUT, OPEN_TIMEOUT} from "../transport/limits.ts";
import {CONNECTION_LIMITS, type Libp2pTransportOptions} from "./options.ts";

export type Libp2pNode = Libp2p<{identify: Identify}>;

/** What Substrate's nodes name as the version of their protocol. */
const PROTOCOL_VERSION = "/substrate/1.0";

const MEBIBYTE = 1_024 * 1_024;

/** A libp2p node, not started, with what has to differ from the defaults among Substrate's peers (spec §4). */
export async function createNode(
  privateKey: Ed25519PrivateKey,
  {listen, announce, agentVersion, limits}: Libp2pTransportOptions,
  connectionGater: ConnectionGater,
  metrics: () => Metrics,
): Promise<Libp2pNode> {
  const {maxConnections, maxPending, maxPerHostPerSecond} = {...CONNECTION_LIMITS, ...limits};
  const node = await createLibp2p({
    start: false,
    privateKey,
    nodeInfo: {userAgent: agentVersion},
    addresses: {listen: [...listen], announce: [...(announce ?? [])]},
    transports: [tcp(), webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [
      // A window that may grow to 16 MiB would be filled by whoever sends to a reader that we hold back.
      yamux({streamOptions: {maxStreamWindowSize: MEBIBYTE, maxReadBufferLength: 4 * MEBIBYTE}}),
    ],
    connectionGater,
    metrics,
    connectionManager: {
      maxConnections,
      // Those whose place another one took are gone a moment later, and are still counted here until then.
      maxIncomingPendingConnections: 8 * maxPending,
      inboundConnectionThreshold: maxPerHostPerSecond,
      dialTimeout: DIAL_TIMEOUT,
      addressDialTimeout: DIAL_TIMEOUT,
      inboundUpgradeTimeout: INBOUND_TIMEOUT,
      outboundStreamProtocolNegotiationTimeout: OPEN_TIMEOUT,
      inboundStreamProtocolNegotiationTimeout: OPEN_TIMEOUT,
      reconnectRetries: 0,
    },
    // It leaves a ping stream behind every ten seconds; `keepAlive` does its work.
    connectionMonitor: {enabled: false},
    services: {identify: identify({maxInboundStreams: 2, maxOutboundStreams: 2})},
  });
  // There is no option for it.
  const {host} = node.services.identify as unknown as {host: {protocolVersion: string}};
  host.protocolVersion = PROTOCOL_VERSION;
  return node as unknown as Libp2pNode;
}
