import type {Clock} from "#base";
import type {PeerAddress} from "../transport/peer-address.ts";
import type {PeerId} from "../transport/transport.ts";

/** Peers that are remembered; hearsay about more pushes out the one heard of longest ago. */
const MAX_PEERS = 1_000;
const MAX_ADDRESSES_PER_PEER = 8;
/** Between attempts, in milliseconds, doubling with each failure (spec §4). */
const FIRST_BACK_OFF = 1_000;
const LONGEST_BACK_OFF = 60_000;

interface Entry {
  readonly addresses: string[];
  /** Bootnodes and reserved peers: never pushed out. */
  isKept: boolean;
  failures: number;
  nextDial: number;
}

/** Who could be dialled, where, and not before when. */
export class AddressBook {
  readonly #clock: Clock;
  readonly #entries = new Map<PeerId, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#entries.size;
  }

  add({peer, address}: PeerAddress, {isKept = false}: {isKept?: boolean} = {}): void {
    const entry = this.#entries.get(peer) ?? this.#insert(peer, isKept);
    if (entry === undefined) return;
    entry.isKept ||= isKept;
    if (entry.addresses.includes(address)) return;
    entry.addresses.push(address);
    if (entry.addresses.length > MAX_ADDRESSES_PER_PEER) entry.addresses.splice(1, 1);
  }

  #insert(peer: PeerId, isKept: boolean): Entry | undefined {
    if (this.#entries.size >= MAX_PEERS) {
      const oldest = [...this.#entries].find(([, entry]) => !entry.isKept);
      if (oldest === undefined && !isKept) return undefined;
      if (oldest !== undefined) this.#entries.delete(oldest[0]);
    }
    const entry = {addresses: [], isKept, failures: 0, nextDial: 0};
    this.#entries.set(peer, entry);
    return entry;
  }

  addressesOf(peer: PeerId): readonly string[] {
    return this.#entries.get(peer)?.addresses ?? [];
  }

  peers(): readonly PeerId[] {
    return [...this.#entries.keys()];
  }

  isDue(peer: PeerId): boolean {
    const entry = this.#entries.get(peer);
    return entry !== undefined && entry.nextDial <= this.#clock.now();
  }

  /** No connection, no slot, or none for long: later. */
  failed(peer: PeerId): void {
    const entry = this.#entries.get(peer);
    if (entry === undefined) return;
    const backOff = Math.min(FIRST_BACK_OFF * 2 ** entry.failures, LONGEST_BACK_OFF);
    entry.failures++;
    entry.nextDial = this.#clock.now() + backOff;
  }

  /** It took us in: if we lose it, it may be tried again soon. */
  accepted(peer: PeerId): void {
    const entry = this.#entries.get(peer);
    if (entry !== undefined) entry.failures = 0;
  }

  /** This address works: it comes first from now on. */
  succeeded(peer: PeerId, address: string): void {
    const entry = this.#entries.get(peer);
    if (entry === undefined) return;
    const index = entry.addresses.indexOf(address);
    if (index > 0) entry.addresses.unshift(...entry.addresses.splice(index, 1));
  }
}
