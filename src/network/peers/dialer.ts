import {type Clock, type Logger, millis} from "#base";
import type {PeerId, Transport} from "../transport/transport.ts";
import type {AddressBook} from "./address-book.ts";

/** How often free slots are looked at, in milliseconds. */
const PERIOD = 1_000;
/** Dials under way at once. */
const MAX_DIALS = 8;

export interface DialerOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly book: AddressBook;
  /** Peers that are always wanted. */
  reserved(): readonly PeerId[];
  /** How many others are wanted. */
  wanted(): number;
  /** False for the banned, for those who have a slot, and for ourselves. */
  isEligible(peer: PeerId): boolean;
  /** A connection stands and a slot is meant for it. */
  dialled(peer: PeerId): void;
}

/** Fills free slots from the address book, until the signal ends. */
export class Dialer {
  readonly #options: DialerOptions;
  readonly #dialling = new Set<PeerId>();

  constructor(options: DialerOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    const {clock} = this.#options;
    while (!signal.aborted) {
      this.#fill(signal);
      try {
        await clock.until(millis(clock.now() + PERIOD), signal);
      } catch {
        return;
      }
    }
  }

  #fill(signal: AbortSignal): void {
    const {reserved, wanted, book, random} = this.#options;
    for (const peer of reserved()) if (this.#isReady(peer)) void this.#dial(peer, signal);
    const candidates = book.peers().filter(peer => this.#isReady(peer));
    for (let free = wanted() - this.#dialling.size; free > 0 && candidates.length > 0; free--) {
      if (this.#dialling.size >= MAX_DIALS) return;
      const [peer] = candidates.splice(Math.floor(random() * candidates.length), 1);
      void this.#dial(peer!, signal);
    }
  }

  #isReady(peer: PeerId): boolean {
    const {book, isEligible} = this.#options;
    return !this.#dialling.has(peer) && book.isDue(peer) && isEligible(peer);
  }

  async #dial(peer: PeerId, signal: AbortSignal): Promise<void> {
    const {transport, book, logger, dialled} = this.#options;
    this.#dialling.add(peer);
    for (const address of [...book.addressesOf(peer)]) {
      const result = await transport.dial(`${address}/p2p/${peer}`, signal);
      if (signal.aborted) break;
      if (result.ok) {
        this.#dialling.delete(peer);
        book.succeeded(peer, address);
        dialled(peer);
        return;
      }
      const {code, message} = result.error;
      logger.log("debug", "network", "a dial failed", {peer, address, code, message});
    }
    this.#dialling.delete(peer);
    book.failed(peer);
  }
}
