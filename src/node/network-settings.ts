import type {Clock, Logger} from "#base";
import type {NetworkSettings} from "#core";
import {createLibp2pTransport, type PeerStore, type Transport} from "#network";
import type {Hash} from "#primitives";
import type {NodeConfiguration} from "./configuration.ts";
import {lazyTransport} from "./lazy-transport.ts";
import type {PeerIdentity} from "./peer-identity.ts";

/** Many nodes of a rehearsal run on one machine, and all dial from the same address. */
const LOCAL_DIALS_PER_SECOND = 100;

/** How a node as configured stands among peers ; undefined where it is to meet none. */
export function networkSettings(
  {network, spec, name, version}: NodeConfiguration,
  deps: {
    readonly identity: PeerIdentity;
    readonly genesisHash: Hash;
    readonly peerStore: PeerStore;
    /** In place of libp2p. */
    readonly transport?: ((peerId: string) => Transport) | undefined;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly random: () => number;
  },
): NetworkSettings | undefined {
  const [listen] = network.listen;
  if (listen === undefined) return undefined;
  const {identity, clock, logger, random} = deps;
  const isLive = spec.chainType === "Live";
  const libp2p = () =>
    lazyTransport(identity.peerId, network.listen, addresses =>
      createLibp2pTransport({
        nodeKey: identity.secret,
        listen: addresses,
        announce: network.announce,
        agentVersion: `khala/${version} (${name})`,
        clock,
        logger,
        random,
        ...(isLive ? {} : {limits: {maxPerHostPerSecond: LOCAL_DIALS_PER_SECOND}}),
      }),
    );
  return {
    transport: deps.transport?.(identity.peerId) ?? libp2p(),
    peerStore: deps.peerStore,
    chain: {
      genesisHash: deps.genesisHash,
      protocolId: spec.protocolId,
      ...(spec.forkId === undefined ? {} : {forkId: spec.forkId}),
    },
    slots: network.slots,
    bootnodes: [...spec.bootNodes, ...network.bootnodes],
    reserved: network.reserved,
    reservedOnly: network.reservedOnly,
    allowPrivateAddresses: !isLive,
  };
}
