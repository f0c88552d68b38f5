import {silentLogger, unwrap} from "#base";
import {createMemoryPeerStore, Network, type NetworkOptions, type RequestHandlers} from "#network";
import type {TestNetwork} from "#testing";
import type {MemoryNetwork} from "../../src/testing/network/memory-network.ts";
import {addressOf, peerIdOf} from "../../src/testing/network/peer-id.ts";

export interface StrangerSetup {
  /** The node that it dials. */
  readonly victim: string;
  readonly claim?: number;
  /** Tells claims of the same height apart. */
  readonly salt?: number;
  readonly requests?: RequestHandlers;
  readonly options?: Partial<NetworkOptions>;
}

export interface Stranger {
  readonly name: string;
  readonly network: Network;
  stop(): Promise<void>;
}

const never = () => new Promise<never>(() => undefined);

/** A peer that speaks the protocols of a test network's chain, claims what it likes and answers no question. */
export async function startStranger(
  network: TestNetwork,
  name: string,
  {
    victim,
    claim = 1_000_000,
    salt = 0,
    requests = {blocks: never, warp: never},
    options,
  }: StrangerSetup,
): Promise<Stranger> {
  const {shared} = network as MemoryNetwork;
  const {hub, time, random, crypto, genesis, protocolId} = shared;
  const hash = new Uint8Array(32).fill(salt + 1);
  const stranger = new Network(
    {
      chain: {genesisHash: genesis.hash, protocolId},
      role: "full",
      best: {number: claim, hash},
      bootnodes: [addressOf(victim)],
      allowPrivateAddresses: true,
      slots: {out: 1},
      ...options,
    },
    {
      transport: hub.transport(peerIdOf(name)),
      clock: time.clock,
      logger: silentLogger,
      random,
      hashing: crypto.hashing,
      store: createMemoryPeerStore(),
      requests,
      events: {
        peerAccepted() {},
        peerGone() {},
        announce: async () => {},
        transactions: async () => {},
        grandpa: async () => {},
        grandpaReopened() {},
      },
    },
  );
  unwrap(await stranger.start());
  return {name, network: stranger, stop: () => stranger.stop()};
}
