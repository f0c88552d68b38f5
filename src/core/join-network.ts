import {type Clock, err, type Logger, ok, type Report, type Result, ShareOfThread} from "#base";
import type {CryptoSuite} from "#crypto";
import {
  type ChainNames,
  type ListenFailure,
  Network,
  type NetworkSnapshot,
  type PeerStore,
  type Role,
  type SlotLimits,
  type Transport,
} from "#network";
import type {TransactionPool} from "#pool";
import type {Hash, Header} from "#primitives";
import type {RuntimeHost} from "#runtime-api";
import type {SyncProgress} from "#sync";
import type {Standing} from "./author/conditions.ts";
import type {BlockImporter} from "./chain/block-importer.ts";
import type {Blockchain} from "./chain/blockchain.ts";
import type {BlocksUnderWay} from "./chain/blocks-under-way.ts";
import type {ImportQueue} from "./chain/import-queue.ts";
import type {GrandpaPart} from "./finality/index.ts";
import {announceBlocks} from "./gossip/block-announcer.ts";
import {createPaces} from "./gossip/paces.ts";
import {TransactionGossip} from "./gossip/transaction-gossip.ts";
import {serveBlocks} from "./serve/blocks.ts";
import {serveLight} from "./serve/light.ts";
import {serveState} from "./serve/state.ts";
import {StateLeases} from "./serve/state-leases.ts";
import type {SyncMode} from "./sync/sync-mode.ts";
import {SyncService} from "./sync/sync-service.ts";

/** How a node stands among peers; what it takes from flags. */
export interface NetworkSettings {
  readonly transport: Transport;
  readonly peerStore: PeerStore;
  readonly chain: ChainNames;
  readonly slots: Partial<SlotLimits>;
  /** Multiaddrs that end in `/p2p/…`. */
  readonly bootnodes: readonly string[];
  readonly reserved: readonly string[];
  readonly reservedOnly: boolean;
  /** Believe what peers say of addresses on private networks: for chains that live on one. */
  readonly allowPrivateAddresses: boolean;
}

export interface JoinDependencies {
  readonly isCollator: boolean;
  readonly sync: SyncMode;
  readonly chain: Blockchain;
  readonly importer: BlockImporter;
  readonly queue: ImportQueue;
  readonly underWay: BlocksUnderWay;
  readonly pool: TransactionPool;
  /** Undefined where nobody votes on finality. */
  readonly grandpa: GrandpaPart | undefined;
  readonly crypto: CryptoSuite;
  readonly signatures: Pick<RuntimeHost, "verifySignature">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly isOld: (header: Header) => boolean;
  readonly onFatal: (error: unknown) => void;
  /** Called for each block that a peer speaks of, at the moment at which it is heard. */
  readonly onAnnounced: (block: Hash, header: Header, isCatchingUp: boolean) => void;
}

/** A node among peers. */
export interface Membership extends Standing {
  readonly network: Network;
  snapshot(): NetworkSnapshot;
  progress(): SyncProgress;
  start(): Promise<Result<void, Report>>;
  stop(): Promise<void>;
}

/** A quarter of the thread for whoever does not keep the chain; those in line have their answers within seconds. */
const LIGHT_WORK = {share: 1 / 4, mostWaiting: 64} as const;

/** Connects chain, pool, sync and finality to peers. */
export function joinNetwork(settings: NetworkSettings, deps: JoinDependencies): Membership {
  const {chain, pool, grandpa, clock, logger} = deps;
  const {hashing} = deps.crypto;
  const roles = new Map<string, Role>();
  const over = new AbortController();
  const paces = createPaces(clock, over.signal);
  const leases = new StateLeases(chain, clock);
  chain.on("finalized", () => leases.expire());
  const lightWork = new ShareOfThread(clock, LIGHT_WORK, over.signal);
  const network: Network = new Network(
    {
      chain: settings.chain,
      role: deps.isCollator ? "authority" : "full",
      best: chain.head,
      slots: settings.slots,
      bootnodes: settings.bootnodes,
      reserved: settings.reserved,
      reservedOnly: settings.reservedOnly,
      allowPrivateAddresses: settings.allowPrivateAddresses,
    },
    {
      transport: settings.transport,
      store: settings.peerStore,
      clock,
      logger,
      random: deps.random,
      hashing,
      events: {
        peerAccepted(peer, hello) {
          if (hello.roles !== "light") sync.peerAccepted(peer, hello);
          roles.set(peer, hello.roles);
          grandpa?.peerAccepted(peer, hello.roles);
        },
        peerGone(peer) {
          roles.delete(peer);
          sync.peerGone(peer);
          grandpa?.peerGone(peer);
        },
        async announce(peer, announce, hash) {
          if (chain.headerBytes(hash) === undefined) {
            deps.onAnnounced(hash, announce.header, isMajorSyncing());
          }
          await paces.announces.take(peer);
          sync.announced(peer, announce, hash);
        },
        async transactions(peer, extrinsics) {
          await paces.transactions.take(peer, extrinsics.length);
          await gossip.received(peer, extrinsics);
        },
        ...(grandpa === undefined
          ? {}
          : {
              async grandpa(peer: string, message: Uint8Array) {
                await paces.votes.take(peer);
                grandpa.received(peer, message);
              },
              grandpaReopened(peer: string) {
                const role = roles.get(peer);
                if (role === undefined) return;
                grandpa.peerGone(peer);
                grandpa.peerAccepted(peer, role);
              },
            }),
      },
      requests: {
        blocks: async (_, request) => ok(serveBlocks(chain, request)),
        async state(_, request) {
          const answer = serveState(chain, request);
          if (answer.ok) leases.given(request.block);
          return answer;
        },
        async light(_, request, asker) {
          const answer = await lightWork.run(
            () => serveLight(chain, deps.signatures, request),
            asker,
          );
          return answer.ok ? answer.value : err({code: "refused"});
        },
        ...(grandpa === undefined
          ? {}
          : {warp: async (_: string, from: Hash) => grandpa.warpProof(from)}),
      },
    },
  );
  const report = (peer: string, reason: Parameters<Network["report"]>[1]) =>
    network.report(peer, reason);
  const sync = new SyncService(deps.sync, {
    ...deps,
    requests: network.ask,
    report,
    onJustification: (justification, peer) => grandpa?.imported(justification, peer),
  });
  const isMajorSyncing = () => sync.isMajorSyncing;
  const gossip = new TransactionGossip({
    pool,
    clock,
    logger,
    isMajorSyncing,
    peers: () => network.peers(),
    send: (peer, extrinsics) => network.sendTransactions(peer, extrinsics),
    report,
  });
  grandpa?.connect({
    send: (peer, message) => network.sendGrandpa(peer, message),
    report: (peer, amount, reason) => network.reportAmount(peer, amount, reason),
    wantBlock(block, peer) {
      sync.want(block, peer === undefined ? network.peers() : [peer]);
    },
    async askJustification({hash}, peer) {
      const answer = await network.ask.blocks(peer, {
        attributes: {justification: true},
        from: {hash},
        direction: "ascending",
        maxBlocks: 1,
      });
      return answer.ok ? answer.value[0]?.justifications?.[0]?.proof : undefined;
    },
  });
  const stopAnnouncing = announceBlocks(chain, network);
  return {
    network,
    snapshot: () => network.snapshot(),
    progress: () => sync.progress(),
    isMajorSyncing,
    syncTarget: () => sync.target,
    peers: () => network.peers().length,
    async start() {
      const listening = await network.start();
      if (!listening.ok) return err(describeListening(listening.error));
      gossip.start();
      return ok();
    },
    async stop() {
      over.abort(new Error("stopping"));
      stopAnnouncing();
      gossip.stop();
      sync.stop();
      await network.stop();
    },
  };
}

function describeListening({code, address, message}: ListenFailure): Report {
  return {
    code: `p2p-${code}`,
    what: "the node cannot listen for peers",
    facts: [
      ["address", address],
      ["reason", message],
    ],
    did: "not started",
    todo: "choose another --port or --listen-addr, or stop what uses it",
  };
}
