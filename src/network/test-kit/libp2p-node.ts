import {randomBytes} from "node:crypto";
import {silentLogger, unwrap} from "#base";
import {createPortableHashing} from "#crypto";
import {createLibp2pTransport} from "../libp2p/create-libp2p-transport.ts";
import type {Libp2pTransportOptions} from "../libp2p/options.ts";
import type {NetworkEvents} from "../peers/events.ts";
import {Network, type NetworkOptions} from "../peers/network.ts";
import {createMemoryPeerStore} from "../peers/peer-store.ts";
import type {RequestHandlers} from "../peers/request-handlers.ts";
import type {Transport} from "../transport/transport.ts";
import {realClock} from "./real-clock.ts";
import {GENESIS} from "./virtual-network.ts";

export interface RealNode {
  readonly network: Network;
  readonly transport: Transport;
  readonly address: string;
  readonly accepted: string[];
  readonly gone: string[];
}

export interface RealNodeSetup {
  readonly options?: Partial<NetworkOptions>;
  readonly events?: Partial<NetworkEvents>;
  readonly requests?: RequestHandlers;
  readonly transport?: Partial<Libp2pTransportOptions>;
}

/** A node on a free port of this machine. */
export async function startRealNode(setup: RealNodeSetup = {}): Promise<RealNode> {
  const transport = await createLibp2pTransport({
    nodeKey: randomBytes(32),
    listen: ["/ip4/127.0.0.1/tcp/0"],
    agentVersion: "test/1.0 (real)",
    clock: realClock,
    logger: silentLogger,
    random: Math.random,
    limits: {maxPerHostPerSecond: 1_000},
    ...setup.transport,
  });
  const accepted: string[] = [];
  const gone: string[] = [];
  const network = new Network(
    {
      chain: {genesisHash: GENESIS, protocolId: "test"},
      role: "authority",
      best: {number: 0, hash: GENESIS},
      allowPrivateAddresses: true,
      ...setup.options,
    },
    {
      transport,
      clock: realClock,
      logger: silentLogger,
      random: Math.random,
      hashing: createPortableHashing(),
      store: createMemoryPeerStore(),
      requests: setup.requests ?? {},
      events: {
        peerAccepted: peer => accepted.push(peer),
        peerGone: peer => gone.push(peer),
        announce: async () => {},
        transactions: async () => {},
        grandpa: async () => {},
        grandpaReopened() {},
        ...setup.events,
      },
    },
  );
  unwrap(await network.start());
  return {network, transport, address: transport.addresses()[0]!, accepted, gone};
}
