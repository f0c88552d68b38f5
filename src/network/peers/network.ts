import {setMaxListeners} from "node:events";
import {type Clock, type Logger, millis, type Result} from "#base";
import type {Hashing} from "#crypto";
import type {Hash, OpaqueExtrinsic} from "#primitives";
import {type BlockAnnounce, encodeAnnounce} from "../protocols/block-announces.ts";
import type {ChainNames} from "../protocols/protocol-table.ts";
import type {Role} from "../protocols/roles.ts";
import {encodeTransactions} from "../protocols/transactions.ts";
import type {ListenFailure} from "../transport/failures.ts";
import {type PeerAddress, parsePeerAddress} from "../transport/peer-address.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {Traffic, Transport, Violation} from "../transport/transport.ts";
import {AddressBook} from "./address-book.ts";
import {isGlobalAddress} from "./address-scope.ts";
import {ConnectionCounts} from "./connection-counts.ts";
import {Dialer} from "./dialer.ts";
import {Discovery} from "./discovery.ts";
import type {NetworkEvents} from "./events.ts";
import {Links} from "./links.ts";
import type {NetworkSnapshot} from "./network-snapshot.ts";
import type {PeerStore} from "./peer-store.ts";
import type {ReportReason} from "./report-reasons.ts";
import {type Ban, Reputation} from "./reputation.ts";
import {RequestClient} from "./request-client.ts";
import type {RequestHandlers} from "./request-handlers.ts";
import {requestProtocols} from "./request-server.ts";
import {SLOT_LIMITS, type SlotLimits, Slots} from "./slots.ts";

/** A save of the known peers each minute loses at most that. */
const SAVE_PERIOD = 60_000;
const TARGET = "network";

export interface NetworkOptions {
  readonly chain: ChainNames;
  readonly role: Role;
  /** Our best block at the start; `setBest` follows it. */
  readonly best: {readonly number: number; readonly hash: Hash};
  readonly slots?: Partial<SlotLimits>;
  /** Multiaddrs with `/p2p/…`; others are ignored and logged. */
  readonly bootnodes?: readonly string[];
  readonly reserved?: readonly string[];
  readonly reservedOnly?: boolean;
  /** Believe addresses on private networks too: for chains that live on one machine or one network. */
  readonly allowPrivateAddresses?: boolean;
}

export interface NetworkDependencies {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly hashing: Pick<Hashing, "blockHash">;
  readonly store: PeerStore;
  readonly events: NetworkEvents;
  readonly requests: RequestHandlers;
}

const VIOLATIONS: Readonly<Record<Violation["code"], ReportReason>> = {
  "handshake-too-large": "message-too-large",
  "request-too-large": "message-too-large",
  malformed: "message-malformed",
  "handshake-timeout": "substream-timeout",
  "request-timeout": "substream-timeout",
};

/** Our place among the peers of one chain: who is connected, who has a slot, what they are worth, what is said. */
export class Network {
  readonly #options: NetworkOptions;
  readonly #dependencies: NetworkDependencies;
  readonly #reputation: Reputation;
  readonly #book: AddressBook;
  readonly #slots: Slots;
  readonly #links: Links;
  readonly #dialer: Dialer;
  readonly #discovery: Discovery;
  readonly #reserved = new Set<PeerId>();
  /** Asks peers; failures already cost them. */
  readonly ask: RequestClient;
  readonly connections = new ConnectionCounts();
  /** Bytes to and from all peers since the start. */
  get traffic(): Traffic {
    return this.#dependencies.transport.traffic;
  }
  #running: AbortController | undefined;

  constructor(options: NetworkOptions, dependencies: NetworkDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
    const {transport, clock, random} = dependencies;
    const report = (peer: PeerId, reason: ReportReason) => this.report(peer, reason);
    this.#reputation = new Reputation(clock);
    this.#book = new AddressBook(clock);
    this.#slots = new Slots({...SLOT_LIMITS, ...options.slots});
    this.ask = new RequestClient({chain: options.chain, transport, report});
    this.#links = new Links({
      ...options,
      ...dependencies,
      book: this.#book,
      slots: this.#slots,
      isReserved: peer => this.#reserved.has(peer),
      report,
    });
    this.#dialer = new Dialer({
      ...dependencies,
      book: this.#book,
      reserved: () => [...this.#reserved],
      wanted: () => (options.reservedOnly ? 0 : this.#slots.free("out")),
      isEligible: peer =>
        peer !== transport.peerId && this.#slots.kindOf(peer) === undefined && this.#admits(peer),
      dialled: peer => this.#links.want(peer),
    });
    this.#discovery = new Discovery({
      chain: options.chain,
      transport,
      clock,
      random,
      askable: () => this.#links.accepted(),
      known: () => this.#recommendable(),
      found: (address, source) => this.#heardOf(address, source),
    });
    this.#learnStart();
  }

  #learnStart(): void {
    const {bootnodes = [], reserved = []} = this.#options;
    for (const text of reserved) {
      if (!this.addReserved(text))
        this.#log("warn", "a reserved peer is ignored: it is not a multiaddr with /p2p/", {text});
    }
    for (const text of bootnodes) {
      const address = parsePeerAddress(text);
      if (address !== undefined) this.#book.add(address, {isKept: true});
      else this.#log("warn", "a bootnode is ignored: it is not a multiaddr with /p2p/", {text});
    }
    for (const {peer, addresses, score, isProved, ban} of this.#dependencies.store.load()) {
      for (const [i, address] of addresses.entries()) {
        this.#book.add({peer, address}, {isProved: isProved === true && i === 0});
      }
      this.#reputation.restore(peer, score, ban);
    }
  }

  async start(): Promise<Result<void, ListenFailure>> {
    const {chain} = this.#options;
    const {transport, clock, logger, requests} = this.#dependencies;
    const report = (peer: PeerId, reason: ReportReason) => this.report(peer, reason);
    const running = new AbortController();
    // Every dial and every question of a walk listens, which is no leak.
    setMaxListeners(0, running.signal);
    this.#running = running;
    const started = await transport.start({
      notifications: this.#links.protocols(),
      requests: [
        ...requestProtocols({chain, clock, logger, handlers: requests, report}),
        this.#discovery.protocol(),
      ],
      connected: connection => {
        this.connections.connected(connection);
        this.#links.connected(connection);
      },
      disconnected: peer => {
        this.connections.disconnected(peer);
        this.#links.disconnected(peer);
      },
      admits: peer => this.#admits(peer),
      discovered: (peer, addresses) => {
        for (const address of addresses) this.#heardOf({peer, address}, peer);
      },
      violated: (peer, {code}) => this.report(peer, VIOLATIONS[code]),
    });
    if (!started.ok) return started;
    void this.#dialer.run(running.signal);
    void this.#discovery.run(running.signal);
    void this.#saveNowAndThen(running.signal);
    return started;
  }

  async stop(): Promise<void> {
    if (this.#running === undefined) return;
    this.#running.abort();
    this.#running = undefined;
    this.#save();
    this.#links.end();
    await this.#dependencies.transport.stop();
  }

  #admits(peer: PeerId): boolean {
    if (this.#options.reservedOnly && !this.#reserved.has(peer)) return false;
    return !this.#reputation.isBanned(peer);
  }

  #heardOf({peer, address}: PeerAddress, source: PeerId): void {
    const {transport} = this.#dependencies;
    const isUsable = this.#options.allowPrivateAddresses === true || isGlobalAddress(address);
    if (peer !== transport.peerId && isUsable) this.#book.add({peer, address}, {source});
  }

  /** Those that we have a link with now: others may be long gone, or never have been. */
  #recommendable(): readonly {peer: PeerId; addresses: readonly string[]}[] {
    return this.#links.accepted().map(peer => ({peer, addresses: this.#book.addressesOf(peer)}));
  }

  /** What new substreams tell others of our best block. */
  setBest(best: {readonly number: number; readonly hash: Hash}): void {
    this.#links.setBest(best);
  }

  /** Tells a peer of a block, unless it is known to know. False when it was not told. */
  announce(peer: PeerId, announce: BlockAnnounce, hash: Hash): boolean {
    return this.#links.sendAnnounce(peer, encodeAnnounce(announce), hash);
  }

  /** Tells every accepted peer that does not know; says how many were told. */
  announceToAll(announce: BlockAnnounce, hash: Hash): number {
    const bytes = encodeAnnounce(announce);
    const told = this.#links.accepted().filter(peer => this.#links.sendAnnounce(peer, bytes, hash));
    return told.length;
  }

  /** Sends what the peer is not known to know, and never to a light one. False when nothing was sent. */
  sendTransactions(peer: PeerId, extrinsics: readonly OpaqueExtrinsic[]): boolean {
    return this.#links.sendTransactions(peer, extrinsics, encodeTransactions);
  }

  sendGrandpa(peer: PeerId, message: Uint8Array): boolean {
    return this.#links.sendGrandpa(peer, message);
  }

  /** Peers with a slot that can be sent to. */
  peers(): readonly PeerId[] {
    return this.#links.accepted();
  }

  /** Holds conduct against a peer, or credits it. One that falls too low is disconnected and refused for a while. */
  report(peer: PeerId, reason: ReportReason): void {
    this.#reputation.report(peer, reason);
    this.#disconnectIfBanned(peer, reason);
  }

  /** The same with an amount of one's own, for what costs by the byte. */
  reportAmount(peer: PeerId, amount: number, reason: string): void {
    this.#reputation.change(peer, amount, reason);
    this.#disconnectIfBanned(peer, reason);
  }

  #disconnectIfBanned(peer: PeerId, reason: string): void {
    if (!this.#reputation.isBanned(peer)) return;
    this.#log("debug", "a peer is banned", {peer, reason});
    this.#dependencies.transport.disconnect(peer);
  }

  bans(): readonly Ban[] {
    return this.#reputation.bans();
  }

  ban(peer: PeerId, until: number, reason: string): void {
    this.#reputation.ban(peer, millis(until), reason);
    this.#disconnectIfBanned(peer, reason);
  }

  /** False when the peer was not banned. */
  liftBan(peer: PeerId): boolean {
    return this.#reputation.lift(peer);
  }

  disconnect(peer: PeerId): void {
    this.#dependencies.transport.disconnect(peer);
  }

  /** A peer that is always wanted and takes no slot. False when this is no multiaddr with `/p2p/`. */
  addReserved(text: string): boolean {
    const address = parsePeerAddress(text);
    if (address === undefined) return false;
    this.#reserved.add(address.peer);
    this.#book.add(address, {isKept: true});
    return true;
  }

  removeReserved(peer: PeerId): void {
    if (this.#reserved.delete(peer)) this.disconnect(peer);
  }

  reserved(): readonly PeerId[] {
    return [...this.#reserved];
  }

  snapshot(): NetworkSnapshot {
    const {transport} = this.#dependencies;
    return {
      peerId: transport.peerId,
      listenAddresses: transport.addresses(),
      peers: this.#links.snapshot(peer => this.#reputation.scoreOf(peer)),
      reserved: this.reserved(),
      bans: this.bans(),
      knownPeers: this.#book.size,
    };
  }

  async #saveNowAndThen(signal: AbortSignal): Promise<void> {
    const {clock} = this.#dependencies;
    while (!signal.aborted) {
      try {
        await clock.until(millis(clock.now() + SAVE_PERIOD), signal);
      } catch {
        return;
      }
      this.#save();
    }
  }

  #save(): void {
    const bans = new Map(this.bans().map(ban => [ban.peer, ban]));
    const peers = new Set([...this.#book.peers(), ...bans.keys()]);
    this.#dependencies.store.save(
      [...peers].map(peer => {
        const ban = bans.get(peer);
        const score = this.#reputation.scoreOf(peer);
        const addresses = this.#book.addressesOf(peer);
        const known = {peer, addresses, score};
        const stored = this.#book.isProved(peer) ? {...known, isProved: true} : known;
        if (ban === undefined) return stored;
        return {...stored, ban: {until: ban.until, reason: ban.reason}};
      }),
    );
  }

  #log(level: "debug" | "warn", message: string, fields: Record<string, unknown>): void {
    this.#dependencies.logger.log(level, TARGET, message, fields);
  }
}
