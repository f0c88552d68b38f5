import {millis, seededRandom, unwrap, VirtualClock} from "#base";
import {createPortableHashing} from "#crypto";
import {createMemoryHub, type MemoryHub} from "../memory/hub.ts";
import type {DelayRange} from "../memory/weather.ts";
import type {NetworkEvents} from "../peers/events.ts";
import {Network, type NetworkOptions} from "../peers/network.ts";
import {createMemoryPeerStore, type PeerStore} from "../peers/peer-store.ts";
import type {RequestHandlers} from "../peers/request-handlers.ts";

const START = 1_700_000_000_000;
export const GENESIS = new Uint8Array(32).fill(7);

export interface VirtualNode {
  readonly name: string;
  readonly network: Network;
  /** What its events said, with the time since the start in front. */
  readonly log: string[];
  /** What it warned of. */
  readonly warnings: readonly string[];
  readonly address: string;
}

export interface NodeSetup {
  readonly options?: Partial<NetworkOptions>;
  readonly events?: Partial<NetworkEvents>;
  readonly requests?: RequestHandlers;
  readonly store?: PeerStore;
}

export interface VirtualNetwork {
  readonly hub: MemoryHub;
  readonly clock: VirtualClock;
  start(name: string, setup?: NodeSetup): Promise<VirtualNode>;
  /** Lets virtual milliseconds pass, ten at a time. */
  pass(span: number): Promise<void>;
  until(what: string, holds: () => boolean): Promise<void>;
  during<T>(work: Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Nodes on a network in memory whose time passes only when told. */
export function virtualNetwork(seed = 1, delay: DelayRange = {min: 1, max: 20}): VirtualNetwork {
  const clock = new VirtualClock(millis(START));
  const random = seededRandom(seed);
  const hub = createMemoryHub({clock, random, delay});
  const nodes: VirtualNode[] = [];

  const pass = async (span: number) => {
    const end = clock.now() + span;
    while (clock.now() < end) {
      clock.advanceTo(millis(Math.min(end, clock.now() + 10)));
      // All promise jobs that are ready have run when a turn of the event loop begins.
      await new Promise(resolve => setImmediate(resolve));
    }
  };

  return {
    hub,
    clock,
    pass,
    async start(name, {options = {}, events = {}, requests = {}, store} = {}) {
      const log: string[] = [];
      const warnings: string[] = [];
      const note = (text: string) => log.push(`${clock.now() - START} ${text}`);
      const network = new Network(
        {
          chain: {genesisHash: GENESIS, protocolId: "test"},
          role: "authority",
          best: {number: 0, hash: GENESIS},
          allowPrivateAddresses: true,
          ...options,
        },
        {
          transport: hub.transport(name),
          clock,
          logger: {
            log: (level, _, message) => void (level === "warn" && warnings.push(message)),
          },
          random,
          hashing: createPortableHashing(),
          store: store ?? createMemoryPeerStore(),
          requests,
          events: {
            peerAccepted: (peer, hello) =>
              note(`accepted ${peer} ${hello.roles} ${hello.bestNumber}`),
            peerGone: peer => note(`gone ${peer}`),
            announce: async (peer, {header}) => void note(`announce ${peer} ${header.number}`),
            transactions: async (peer, list) => void note(`transactions ${peer} ${list.length}`),
            grandpa: async (peer, bytes) => void note(`grandpa ${peer} ${bytes.length}`),
            grandpaReopened: peer => void note(`grandpa reopened ${peer}`),
            ...events,
          },
        },
      );
      unwrap(await network.start());
      const node = {name, network, log, warnings, address: `/memory/${name}/p2p/${name}`};
      nodes.push(node);
      return node;
    },
    async until(what, holds) {
      for (let step = 0; step < 20_000 && !holds(); step++) await pass(10);
      if (!holds()) throw new Error(`never came about: ${what}`);
    },
    async during(work) {
      let isDone = false;
      const finished = work.finally(() => {
        isDone = true;
      });
      for (let step = 0; step < 20_000 && !isDone; step++) await pass(10);
      return finished;
    },
    async stop() {
      await Promise.all(nodes.map(({network}) => network.stop()));
    },
  };
}

/** What a log says, without times. */
export function said({log}: VirtualNode): string[] {
  return log.map(line => line.replace(/^\d+ /, ""));
}
