import {
  bytesToBinary,
  bytesToHex,
  type Clock,
  equalBytes,
  type Logger,
  type Millis,
  millis,
  type Result,
} from "#base";
import type {Hashing} from "#crypto";
import type {Hash, OpaqueExtrinsic} from "#primitives";
import {
  type BlockAnnouncesHandshake,
  decodeHandshake,
  encodeHandshake,
} from "../protocols/block-announces.ts";
import {
  type ChainNames,
  NOTIFICATION_LIMITS,
  type NotificationName,
  protocolNames,
} from "../protocols/protocol-table.ts";
import type {Role} from "../protocols/roles.ts";
import {decodeOptionalRole, encodeRole} from "../protocols/transactions.ts";
import type {StreamFailure} from "../transport/failures.ts";
import {type Newcomer, Newcomers} from "../transport/newcomers.ts";
import type {
  IncomingNotification,
  NotificationProtocol,
  NotificationSink,
} from "../transport/notifications.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {ConnectionInfo, Transport} from "../transport/transport.ts";
import type {AddressBook} from "./address-book.ts";
import type {NetworkEvents} from "./events.ts";
import {hostGroup} from "./host-group.ts";
import {Inbox} from "./inbox.ts";
import type {PeerSnapshot} from "./network-snapshot.ts";
import {Peer} from "./peer.ts";
import type {ReportReason} from "./report-reasons.ts";
import type {Slots} from "./slots.ts";

/** A connection that has no announcements after this time, in milliseconds, only costs (spec §4). */
const IDLE_LIMIT = 10_000;
/**
 * Connections without a slot: some are about to ask for one, and light clients may only ask. With one more, one of them
 * makes way.
 */
const MAX_WITHOUT_SLOT = 128;
/** Messages that may wait for a grandpa substream: a round of a large set. */
const GRANDPA_BACKLOG = 128;
/** Before a lost transactions or grandpa substream is opened again, in milliseconds. */
const REOPEN_AFTER = 10_000;

export interface LinksOptions {
  readonly chain: ChainNames;
  readonly role: Role;
  readonly best: {readonly number: number; readonly hash: Hash};
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly hashing: Pick<Hashing, "blockHash">;
  readonly events: NetworkEvents;
  readonly book: AddressBook;
  readonly slots: Slots;
  isReserved(peer: PeerId): boolean;
  report(peer: PeerId, reason: ReportReason): void;
}

/**
 * What we have with each connected peer. The block-announces substream takes the slot: a peer counts once it has
 * said hello on one of ours or theirs and ours is open. Transactions and grandpa come after it and end with it.
 */
export class Links {
  readonly #options: LinksOptions;
  readonly #peers = new Map<PeerId, Peer>();
  readonly #inbox: Inbox;
  readonly #waiting = new Newcomers(MAX_WITHOUT_SLOT);
  #best: {readonly number: number; readonly hash: Hash};
  #hasWarned = false;

  constructor(options: LinksOptions) {
    this.#options = options;
    this.#best = options.best;
    this.#inbox = new Inbox(options);
  }

  setBest(best: {readonly number: number; readonly hash: Hash}): void {
    this.#best = best;
  }

  accepted(): readonly PeerId[] {
    return [...this.#peers.values()].filter(peer => peer.isEstablished).map(peer => peer.id);
  }

  connected(connection: ConnectionInfo): void {
    this.#begin(connection, this.#options.clock.now());
  }

  #begin(connection: ConnectionInfo, idleSince: Millis): void {
    const peer = new Peer(connection, idleSince);
    this.#peers.set(peer.id, peer);
    const {clock, slots, transport} = this.#options;
    this.#waits(peer);
    clock.until(millis(idleSince + IDLE_LIMIT), peer.signal).then(
      () => {
        if (slots.kindOf(peer.id) === undefined) transport.disconnect(peer.id);
      },
      () => {},
    );
  }

  /** It has a place among those without a slot, until it has one or is over. */
  #waits(peer: Peer): void {
    const {slots, transport, isReserved} = this.#options;
    if (isReserved(peer.id) || peer.connection.direction === "out") return;
    const newcomer: Newcomer = {
      host: hostGroup(peer.connection.address),
      since: peer.idleSince,
      hasSpoken: () => slots.kindOf(peer.id) !== undefined,
      giveWay: () => transport.disconnect(peer.id),
    };
    this.#waiting.enter(newcomer);
    const leave = () => this.#waiting.leave(newcomer);
    peer.signal.addEventListener("abort", leave, {once: true});
    void peer.established.then(leave);
  }

  disconnected(id: PeerId): void {
    const peer = this.#peers.get(id);
    if (peer === undefined) return;
    this.#peers.delete(id);
    if (peer.isEstablished) this.#options.report(id, "disconnected");
    this.#close(peer);
  }

  end(): void {
    for (const peer of this.#peers.values()) peer.end();
    this.#peers.clear();
  }

  /** We want this connected peer: it gets a slot, and we ask for one of its own. */
  want(id: PeerId): void {
    const {slots, isReserved, book} = this.#options;
    const peer = this.#peers.get(id);
    if (peer === undefined || !slots.take(id, isReserved(id) ? "reserved" : "out")) {
      book.failed(id);
      return;
    }
    void this.#openAnnounces(peer);
  }

  async #openAnnounces(peer: Peer): Promise<void> {
    if (peer.isOpening || peer.announcesOut !== undefined) return;
    peer.isOpening = true;
    const opened = await this.#open(peer, "blockAnnounces", encodeHandshake(this.#hello()));
    peer.isOpening = false;
    if (!opened.ok) this.#heedRefusal(peer, opened.error);
    if (peer.signal.aborted) {
      if (opened.ok) opened.value.close();
    } else if (opened.ok) {
      peer.announcesOut = opened.value;
      void opened.value.closed.then(() => this.#lost(peer));
      const hello = this.#checkHello(peer.id, opened.value.handshake);
      if (hello === undefined) this.#lost(peer);
      else this.#establish(peer, hello);
    } else if (peer.hello?.roles === "light") {
      // It may listen to us on nothing at all, and only ask.
      this.#establish(peer, peer.hello);
    } else {
      this.#lost(peer);
    }
  }

  #open(
    peer: Peer,
    name: NotificationName,
    handshake: Uint8Array,
  ): Promise<Result<NotificationSink, StreamFailure>> {
    const {chain, transport} = this.#options;
    const opening = {names: protocolNames(chain, name), handshake, ...NOTIFICATION_LIMITS[name]};
    return transport.openNotification(peer.id, opening, peer.signal);
  }

  #hello(): BlockAnnouncesHandshake {
    const {role, chain} = this.#options;
    const {number, hash} = this.#best;
    return {roles: role, bestNumber: number, bestHash: hash, genesisHash: chain.genesisHash};
  }

  #checkHello(peer: PeerId, bytes: Uint8Array): BlockAnnouncesHandshake | undefined {
    const {chain, report} = this.#options;
    const hello = decodeHandshake(bytes);
    if (!hello.ok) {
      report(peer, "message-malformed");
      return undefined;
    }
    if (equalBytes(hello.value.genesisHash, chain.genesisHash)) return hello.value;
    this.#isOnOtherChain(peer, hello.value.genesisHash);
    report(peer, "genesis-mismatch");
    return undefined;
  }

  /** Who is asked for announcements of another chain knows them by no name, or hears of our genesis and hangs up. */
  #heedRefusal({id}: Peer, {code}: StreamFailure): void {
    if (code === "unsupported") this.#isOnOtherChain(id);
    const hangsUp = code === "refused" || code === "disconnected";
    if (hangsUp && this.accepted().length === 0) {
      this.#warn("a peer hung up on us: it has no room, or is on another chain", {peer: id});
    }
  }

  #isOnOtherChain(peer: PeerId, theirs?: Hash): void {
    const genesis = theirs === undefined ? "unknown" : bytesToHex(theirs);
    this.#warn("a peer is on another chain: is it the same chain spec?", {peer, genesis});
  }

  /** Whoever was given another chain spec than the others waits for peers in vain: the first is told aloud. */
  #warn(message: string, fields: Readonly<Record<string, unknown>>): void {
    const level = this.#hasWarned ? "debug" : "warn";
    this.#hasWarned = true;
    const ours = bytesToHex(this.#options.chain.genesisHash);
    this.#options.logger.log(level, "network", message, {...fields, ours});
  }

  #establish(peer: Peer, hello: BlockAnnouncesHandshake): void {
    peer.hello ??= hello;
    if (peer.isEstablished) return;
    const {events, book, role} = this.#options;
    const {roles, bestNumber, bestHash} = peer.hello;
    book.accepted(peer.id);
    peer.establish();
    events.peerAccepted(peer.id, {roles, bestNumber, bestHash});
    if (events.grandpa !== undefined) void this.#keepOpen(peer, "grandpa");
    if (roles !== "light" && role !== "light") void this.#keepOpen(peer, "transactions");
  }

  async #keepOpen(peer: Peer, name: "grandpa" | "transactions"): Promise<void> {
    const {clock, role} = this.#options;
    const place = name === "grandpa" ? "grandpaOut" : "transactionsOut";
    while (!peer.signal.aborted) {
      const opened = await this.#open(peer, name, encodeRole(role));
      if (opened.ok) {
        if (peer.signal.aborted) opened.value.close();
        else peer[place] = opened.value;
        if (name === "grandpa") this.#grandpaOpened(peer, opened.value);
        await opened.value.closed;
        peer[place] = undefined;
      }
      try {
        await clock.until(millis(clock.now() + REOPEN_AFTER), peer.signal);
      } catch {
        return;
      }
    }
  }

  /** Sends what waited; after a loss, or when it was too much, the node is told, as nobody knows what got through. */
  #grandpaOpened(peer: Peer, sink: NotificationSink): void {
    const backlog = peer.grandpaBacklog;
    peer.grandpaBacklog = undefined;
    if (backlog === undefined) this.#options.events.grandpaReopened?.(peer.id);
    else for (const message of backlog) sink.send(message);
  }

  /** The peer's announcements, or ours to it, have ended: so has its slot. The connection may be put to new use. */
  #lost(peer: Peer): void {
    if (this.#peers.get(peer.id) !== peer) return;
    this.#close(peer);
    // Asking in vain for a slot again and again does not keep a connection.
    this.#begin(peer.connection, peer.isEstablished ? this.#options.clock.now() : peer.idleSince);
  }

  #close(peer: Peer): void {
    if (peer.signal.aborted) return;
    const {slots, book, events} = this.#options;
    slots.release(peer.id);
    book.failed(peer.id);
    peer.end();
    if (peer.isEstablished) events.peerGone(peer.id);
  }

  /** What peers may open on us. */
  protocols(): readonly NotificationProtocol[] {
    const {chain, events} = this.#options;
    const protocol = (name: NotificationName, opened: NotificationProtocol["opened"]) => ({
      names: protocolNames(chain, name),
      ...NOTIFICATION_LIMITS[name],
      opened,
    });
    return [
      protocol("blockAnnounces", incoming => this.#announcesOpened(incoming)),
      protocol("transactions", incoming => this.#othersOpened(incoming, "transactions")),
      ...(events.grandpa === undefined
        ? []
        : [protocol("grandpa", incoming => this.#othersOpened(incoming, "grandpa"))]),
    ];
  }

  #announcesOpened(incoming: IncomingNotification): void {
    const {slots, isReserved} = this.#options;
    const peer = this.#peers.get(incoming.peer);
    const hello = this.#checkHello(incoming.peer, incoming.handshake);
    if (peer === undefined || hello === undefined) {
      incoming.refuse();
      return;
    }
    const kind = hello.roles === "light" ? "inLight" : "in";
    if (!slots.take(peer.id, isReserved(peer.id) ? "reserved" : kind)) {
      incoming.refuse();
      return;
    }
    peer.hello = hello;
    const source = incoming.accept(encodeHandshake(this.#hello()));
    // It opened again before we saw the old one end.
    const old = peer.announcesIn;
    peer.announcesIn = source;
    old?.close();
    void source.closed.then(() => {
      if (peer.announcesIn === source) this.#lost(peer);
    });
    void this.#inbox.readAnnounces(peer, source);
    void this.#openAnnounces(peer);
  }

  #othersOpened(incoming: IncomingNotification, name: "transactions" | "grandpa"): void {
    const {report, role} = this.#options;
    const peer = this.#peers.get(incoming.peer);
    const roles = decodeOptionalRole(incoming.handshake);
    if (!roles.ok) report(incoming.peer, "message-malformed");
    if (!roles.ok || peer?.hello === undefined) {
      incoming.refuse();
      return;
    }
    const source = incoming.accept(encodeRole(role));
    peer.keep(source);
    if (name === "transactions") void this.#inbox.readTransactions(peer, source);
    else void this.#inbox.readGrandpa(peer, source);
  }

  sendAnnounce(id: PeerId, bytes: Uint8Array, hash: Hash): boolean {
    const peer = this.#peers.get(id);
    const key = bytesToBinary(hash);
    if (peer?.announcesOut === undefined || peer.knownBlocks.has(key)) return false;
    peer.knownBlocks.set(key, true);
    return peer.announcesOut.send(bytes);
  }

  sendTransactions(
    id: PeerId,
    extrinsics: readonly OpaqueExtrinsic[],
    encode: (extrinsics: readonly OpaqueExtrinsic[]) => Uint8Array,
  ): boolean {
    const peer = this.#peers.get(id);
    if (peer?.transactionsOut === undefined) return false;
    const news = extrinsics.filter(extrinsic => this.#inbox.isNews(peer, extrinsic));
    return news.length > 0 && peer.transactionsOut.send(encode(news));
  }

  /** Before the substream is open messages wait: what finality says first it says once. */
  sendGrandpa(id: PeerId, message: Uint8Array): boolean {
    const peer = this.#peers.get(id);
    if (peer?.grandpaOut !== undefined) return peer.grandpaOut.send(message);
    const backlog = peer?.grandpaBacklog;
    if (peer === undefined || backlog === undefined) return false;
    if (backlog.length < GRANDPA_BACKLOG) {
      backlog.push(message);
      return true;
    }
    // The oldest alone would be of no use, and nobody would say the newest again: as after a loss, all is said anew.
    peer.grandpaBacklog = undefined;
    return false;
  }

  snapshot(scoreOf: (peer: PeerId) => number): readonly PeerSnapshot[] {
    return [...this.#peers.values()].map(peer => ({
      ...peer.connection,
      slot: this.#options.slots.kindOf(peer.id),
      roles: peer.hello?.roles,
      bestNumber: peer.hello?.bestNumber,
      bestHash: peer.hello?.bestHash,
      protocols: [
        ...(peer.announcesOut === undefined ? [] : (["block-announces"] as const)),
        ...(peer.transactionsOut === undefined ? [] : (["transactions"] as const)),
        ...(peer.grandpaOut === undefined ? [] : (["grandpa"] as const)),
      ],
      reputation: scoreOf(peer.id),
    }));
  }
}
