import {bytesToBinary, type Logger} from "#base";
import type {Hashing} from "#crypto";
import {headerHash, type OpaqueExtrinsic} from "#primitives";
import {decodeAnnounce} from "../protocols/block-announces.ts";
import {decodeTransactions} from "../protocols/transactions.ts";
import type {NotificationSource} from "../transport/notifications.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {NetworkEvents} from "./events.ts";
import type {Peer} from "./peer.ts";
import {Permits} from "./permits.ts";
import {readMessages} from "./read-messages.ts";
import type {ReportReason} from "./report-reasons.ts";

/** Announcements in validation, of one peer and of all (spec §1.4). Substrate drops those above; we make them wait. */
const ANNOUNCES_PER_PEER = 4;
const ANNOUNCES_OF_ALL = 256;
/** Messages of the other two protocols that one peer may have in work: order matters to grandpa. */
const OTHERS_PER_PEER = 1;

export interface InboxOptions {
  readonly hashing: Pick<Hashing, "blockHash">;
  readonly events: NetworkEvents;
  readonly logger: Logger;
  report(peer: PeerId, reason: ReportReason): void;
}

/** Reads what peers send, no faster than the node works on it. */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #announces = new Permits(ANNOUNCES_OF_ALL);

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  async readAnnounces(peer: Peer, source: NotificationSource): Promise<void> {
    const {hashing, events, report} = this.#options;
    await this.#read(peer, source, ANNOUNCES_PER_PEER, async message => {
      const announce = decodeAnnounce(message);
      if (!announce.ok) {
        report(peer.id, "announce-invalid");
        return;
      }
      const hash = headerHash(announce.value.header, hashing);
      const key = bytesToBinary(hash);
      const {isBest, header} = announce.value;
      if (isBest && peer.hello !== undefined) {
        peer.hello = {...peer.hello, bestNumber: header.number, bestHash: hash};
      }
      if (peer.announced.has(key)) return;
      peer.announced.set(key, true);
      peer.knownBlocks.set(key, true);
      await this.#announces.during(() => events.announce(peer.id, announce.value, hash));
    });
  }

  async readTransactions(peer: Peer, source: NotificationSource): Promise<void> {
    const {events, report} = this.#options;
    await this.#read(peer, source, OTHERS_PER_PEER, async message => {
      const extrinsics = decodeTransactions(message);
      if (!extrinsics.ok) {
        report(peer.id, "message-malformed");
        return;
      }
      for (const extrinsic of extrinsics.value) this.isNews(peer, extrinsic);
      await events.transactions(peer.id, extrinsics.value);
    });
  }

  async readGrandpa(peer: Peer, source: NotificationSource): Promise<void> {
    const {events} = this.#options;
    await this.#read(peer, source, OTHERS_PER_PEER, async message =>
      events.grandpa?.(peer.id, message),
    );
  }

  /** Whether the peer does not know an extrinsic yet; from now on it does. */
  isNews(peer: Peer, extrinsic: OpaqueExtrinsic): boolean {
    const key = bytesToBinary(this.#options.hashing.blockHash(extrinsic));
    if (peer.knownTransactions.has(key)) return false;
    peer.knownTransactions.set(key, true);
    return true;
  }

  async #read(
    peer: Peer,
    source: NotificationSource,
    parallel: number,
    work: (message: Uint8Array) => Promise<void>,
  ): Promise<void> {
    const {logger, report} = this.#options;
    // Until then we do not know that the peer will stay, and the node has not heard of it.
    await peer.established;
    if (peer.signal.aborted) return;
    await readMessages(source, parallel, async message => {
      try {
        await work(message);
      } catch (error) {
        logger.log("error", "network", "working on a message failed", {peer: peer.id, error});
      }
    });
    const reason = await source.closed;
    if (reason === "too-large") report(peer.id, "message-too-large");
    if (reason === "malformed") report(peer.id, "message-malformed");
  }
}
