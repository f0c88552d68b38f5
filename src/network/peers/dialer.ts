import {type Clock, type Logger, millis} from "#base";
import {Deadline} from "../transport/deadline.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {Transport} from "../transport/transport.ts";
import type {AddressBook} from "./address-book.ts";

/** How often free slots are looked at, in milliseconds. */
const PERIOD = 1_000;
/** Dials under way at once of those we know for ourselves, and as many of those we were told of. */
const MAX_DIALS = 8;
/** An address by hearsay answers within this time, or the next one is tried. */
const TOLD_TIMEOUT = millis(4_000);
/** Slots that hearsay leaves free while boot nodes are not connected: so many of them at most. */
const LEFT_TO_KEPT = 2;

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

/**
 * Fills free slots from the address book, until the signal ends: reserved peers always, then boot nodes, then those who
 * took us in before, then hearsay. None of these waits for another: however many invented addresses are being tried,
 * whoever is known is dialled as soon as it is due.
 */
export class Dialer {
  readonly #options: DialerOptions;
  readonly #dialling = new Map<PeerId, "sure" | "told">();

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
    const {reserved, wanted, book, isEligible} = this.#options;
    for (const peer of reserved()) if (this.#isReady(peer)) void this.#dial(peer, "sure", signal);
    const free = wanted();
    const kept = book.kept().filter(isEligible);
    for (const peer of [...kept, ...book.proved()]) {
      if (this.#count("sure") >= Math.min(free, MAX_DIALS)) break;
      if (this.#isReady(peer)) void this.#dial(peer, "sure", signal);
    }
    const left = free - Math.min(kept.length, LEFT_TO_KEPT);
    while (this.#count("told") < Math.min(left, MAX_DIALS)) {
      const peer = this.#drawTold();
      if (peer === undefined) return;
      void this.#dial(peer, "told", signal);
    }
  }

  #count(kind: "sure" | "told"): number {
    return [...this.#dialling.values()].filter(each => each === kind).length;
  }

  /** One of a source's, whichever source. */
  #drawTold(): PeerId | undefined {
    const {book, random} = this.#options;
    const ready = [...book.told().values()]
      .map(peers => peers.filter(peer => this.#isReady(peer)))
      .filter(peers => peers.length > 0);
    const ofOne = ready[Math.floor(random() * ready.length)];
    return ofOne?.[Math.floor(random() * ofOne.length)];
  }

  #isReady(peer: PeerId): boolean {
    const {book, isEligible} = this.#options;
    return !this.#dialling.has(peer) && book.isDue(peer) && isEligible(peer);
  }

  async #dial(peer: PeerId, kind: "sure" | "told", signal: AbortSignal): Promise<void> {
    const {transport, book, clock, logger, dialled} = this.#options;
    this.#dialling.set(peer, kind);
    for (const {address, isTold} of book.attemptsFor(peer)) {
      const deadline = isTold ? new Deadline(clock, TOLD_TIMEOUT, signal) : undefined;
      const result = await transport.dial(`${address}/p2p/${peer}`, deadline?.signal ?? signal);
      deadline?.cancel();
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
