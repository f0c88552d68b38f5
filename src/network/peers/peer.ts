import {setMaxListeners} from "node:events";
import {type BinaryString, LruCache, type Millis} from "#base";
import type {BlockAnnouncesHandshake} from "../protocols/block-announces.ts";
import type {NotificationSink, NotificationSource} from "../transport/notifications.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {ConnectionInfo} from "../transport/transport.ts";

/** Hashes that a peer is known to know (spec §1.4). */
const KNOWN_BLOCKS = 1_024;
const KNOWN_TRANSACTIONS = 10_240;

/**
 * What we have with one connected peer. When its announcements end it gets a fresh one of these, so that nothing
 * that an old substream still does can touch the new.
 */
export class Peer {
  readonly connection: ConnectionInfo;
  /** Since when it has been connected without being accepted. */
  readonly idleSince: Millis;
  /** What it said of itself; undefined until it did. */
  hello: BlockAnnouncesHandshake | undefined;
  /** Its announcements to us, and those of ours to it. */
  announcesIn: NotificationSource | undefined;
  announcesOut: NotificationSink | undefined;
  transactionsOut: NotificationSink | undefined;
  grandpaOut: NotificationSink | undefined;
  /** Messages for a grandpa substream that is still being opened; undefined once it was open, or they were too many. */
  grandpaBacklog: Uint8Array[] | undefined = [];
  /** Our announcements substream is being opened. */
  isOpening = false;
  isEstablished = false;
  readonly established: Promise<void>;
  #onEstablished!: () => void;
  readonly #others = new Set<NotificationSource>();
  readonly #over = new AbortController();
  /** Blocks that it announced to us; and all that it knows, be it from us. */
  readonly announced = new LruCache<BinaryString, true>(KNOWN_BLOCKS);
  readonly knownBlocks = new LruCache<BinaryString, true>(KNOWN_BLOCKS);
  readonly knownTransactions = new LruCache<BinaryString, true>(KNOWN_TRANSACTIONS);

  constructor(connection: ConnectionInfo, idleSince: Millis) {
    this.idleSince = idleSince;
    this.connection = connection;
    // All that is being opened listens, which is no leak.
    setMaxListeners(0, this.signal);
    this.established = new Promise(resolve => {
      this.#onEstablished = resolve;
    });
  }

  get id(): PeerId {
    return this.connection.peer;
  }

  /** Ends when this is over. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  establish(): void {
    this.isEstablished = true;
    this.#onEstablished();
  }

  /** A substream to close with the rest. */
  keep(source: NotificationSource): void {
    this.#others.add(source);
    void source.closed.then(() => this.#others.delete(source));
  }

  end(): void {
    if (this.signal.aborted) return;
    this.#over.abort();
    this.#onEstablished();
    this.announcesIn?.close();
    this.announcesOut?.close();
    this.transactionsOut?.close();
    this.grandpaOut?.close();
    for (const source of this.#others) source.close();
  }
}
