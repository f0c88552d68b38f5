import {type Clock, countBy, highestBy} from "#base";
import type {PeerAddress} from "../transport/peer-address.ts";
import type {PeerId} from "../transport/peer-id.ts";
import {hostGroup} from "./host-group.ts";

/** Peers that are remembered. */
const MAX_PEERS = 1_000;
/** Of them those that we were connected to at their addresses; hearsay never pushes one of these out. */
const MAX_PROVED = 256;
/** Peers that one of our peers may tell us of: three answers of Kademlia. A fuller share pushes out its own oldest. */
const MAX_PER_SOURCE = 64;
/** Those that told of the same peer, remembered with it. */
const MAX_SOURCES = 4;
const MAX_ADDRESSES_PER_PEER = 8;
/** Addresses by hearsay that one attempt tries, after those that are known to be right. */
const TOLD_PER_ATTEMPT = 2;
/** Between attempts, in milliseconds, doubling with each failure (spec §4). */
const FIRST_BACK_OFF = 1_000;
const LONGEST_BACK_OFF = 60_000;
/** Boot nodes and reserved peers are few, and what a node without peers finds others by. */
const LONGEST_BACK_OFF_OF_KEPT = 15_000;
/** After so many vain attempts in a row, a quarter of an hour, a place where we were connected says nothing any more. */
const PROOF_FADES = 20;

/** How good an address is: an operator gave it, a connection stood there, or somebody told of it. */
type Trust = "given" | "proved" | "told";

interface Entry {
  /** Proved ones first, then those given, then those told of, the newest last. */
  addresses: {readonly text: string; trust: Trust}[];
  /** Bootnodes and reserved peers: never pushed out. */
  isKept: boolean;
  /** It took us in where we had dialled it. */
  isProved: boolean;
  readonly sources: Set<PeerId>;
  failures: number;
  nextDial: number;
}

/** How an address became known. */
export interface Origin {
  /** By the operator. */
  readonly isKept?: boolean;
  /** From an earlier run, in which it had been proved. */
  readonly isProved?: boolean;
  /** Who told of it; nobody in particular if not said. */
  readonly source?: PeerId;
}

/** An address to dial, and whether there is reason to believe in it. */
export interface Attempt {
  readonly address: string;
  readonly isTold: boolean;
}

const ORDER: readonly Trust[] = ["proved", "given", "told"];

/**
 * Who could be dialled, where, and not before when. What we are told costs who tells it nothing: it takes no place of
 * what we know for ourselves, and each source has a share of the places.
 */
export class AddressBook {
  readonly #clock: Clock;
  /** Proved ones in the order in which they last took us in, hearsay in that in which it came. */
  readonly #entries = new Map<PeerId, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(
    {peer, address}: PeerAddress,
    {isKept = false, isProved = false, source = ""}: Origin = {},
  ): void {
    const known = this.#entries.get(peer);
    const entry = known ?? this.#insert(peer, source, isKept || isProved);
    if (entry === undefined) return;
    if (known !== undefined && entry.sources.size < MAX_SOURCES && !entry.sources.has(source)) {
      this.#makeRoomOf(source, peer);
      entry.sources.add(source);
    }
    entry.isKept ||= isKept;
    entry.isProved ||= isProved;
    const trust: Trust = isKept ? "given" : isProved ? "proved" : "told";
    const found = entry.addresses.find(({text}) => text === address);
    if (found !== undefined) {
      if (ORDER.indexOf(trust) < ORDER.indexOf(found.trust)) found.trust = trust;
    } else if (!this.#addAddress(entry, address, trust)) return;
    sort(entry);
    if (isProved) this.#boundProved();
  }

  #addAddress(entry: Entry, text: string, trust: Trust): boolean {
    if (entry.addresses.length >= MAX_ADDRESSES_PER_PEER) {
      const oldest = entry.addresses.findIndex(address => address.trust === "told");
      if (oldest < 0 && trust === "told") return false;
      entry.addresses.splice(oldest < 0 ? entry.addresses.length - 1 : oldest, 1);
    }
    entry.addresses.push({text, trust});
    return true;
  }

  #insert(peer: PeerId, source: PeerId, isSure: boolean): Entry | undefined {
    if (!isSure) this.#makeRoomOf(source, peer);
    if (this.#entries.size >= MAX_PEERS) {
      const victim = this.#leastMissed();
      if (victim === undefined && !isSure) return undefined;
      if (victim !== undefined) this.#entries.delete(victim);
    }
    const sources = new Set([source]);
    const entry: Entry = {
      ...{addresses: [], isKept: false, isProved: false, sources},
      ...{failures: 0, nextDial: 0},
    };
    this.#entries.set(peer, entry);
    return entry;
  }

  /** A source with a full share forgets the first that it told of; others may still vouch for that one. */
  #makeRoomOf(source: PeerId, newcomer: PeerId): void {
    const own = this.#hearsay().filter(([, {sources}]) => sources.has(source));
    if (own.length < MAX_PER_SOURCE) return;
    const [peer, entry] = own.find(([each]) => each !== newcomer)!;
    entry.sources.delete(source);
    if (entry.sources.size === 0) this.#entries.delete(peer);
  }

  #hearsay(): [PeerId, Entry][] {
    return [...this.#entries].filter(([, {isKept, isProved}]) => !isKept && !isProved);
  }

  /** The oldest of the source that told of the most. */
  #leastMissed(): PeerId | undefined {
    const hearsay = this.#hearsay();
    const counts = countBy(
      hearsay.flatMap(([, {sources}]) => [...sources]),
      source => source,
    );
    const weight = ({sources}: Entry) => Math.min(...[...sources].map(each => counts.get(each)!));
    return highestBy(hearsay, ([, entry]) => [weight(entry)])?.[0];
  }

  /** Too many proved ones: one goes of the host that has the most, since names cost a host nothing. */
  #boundProved(): void {
    const proved = [...this.#entries].filter(([, {isKept, isProved}]) => isProved && !isKept);
    if (proved.length <= MAX_PROVED) return;
    const hostOf = ({addresses}: Entry) => hostGroup(addresses[0]?.text ?? "");
    const counts = countBy(proved, ([, entry]) => hostOf(entry));
    const victim = highestBy(proved, ([, entry]) => [counts.get(hostOf(entry))!]);
    if (victim !== undefined) this.#entries.delete(victim[0]);
  }

  addressesOf(peer: PeerId): readonly string[] {
    return (this.#entries.get(peer)?.addresses ?? []).map(({text}) => text);
  }

  /** Where one attempt looks for a peer: all that is sure, and of hearsay some, others the next time. */
  attemptsFor(peer: PeerId): readonly Attempt[] {
    const entry = this.#entries.get(peer);
    if (entry === undefined) return [];
    const sure = entry.addresses.filter(({trust}) => trust !== "told");
    const told = entry.addresses.filter(({trust}) => trust === "told");
    const from = told.length === 0 ? 0 : (entry.failures * TOLD_PER_ATTEMPT) % told.length;
    const turn = [...told.slice(from), ...told.slice(0, from)].slice(0, TOLD_PER_ATTEMPT);
    return [...sure, ...turn].map(({text, trust}) => ({address: text, isTold: trust === "told"}));
  }

  peers(): readonly PeerId[] {
    return [...this.#entries.keys()];
  }

  /** Boot nodes and reserved peers. */
  kept(): readonly PeerId[] {
    return [...this.#entries].filter(([, {isKept}]) => isKept).map(([peer]) => peer);
  }

  isProved(peer: PeerId): boolean {
    return this.#entries.get(peer)?.isProved === true;
  }

  /** Those who took us in before, the last one first. */
  proved(): readonly PeerId[] {
    const found = [...this.#entries].filter(([, {isKept, isProved}]) => isProved && !isKept);
    return found.map(([peer]) => peer).reverse();
  }

  /** The others by who told of them: a source that speaks of many has no more weight than one that speaks of one. */
  told(): ReadonlyMap<PeerId, readonly PeerId[]> {
    const bySource = new Map<PeerId, PeerId[]>();
    for (const [peer, {sources}] of this.#hearsay()) {
      for (const source of sources) bySource.set(source, [...(bySource.get(source) ?? []), peer]);
    }
    return bySource;
  }

  isDue(peer: PeerId): boolean {
    const entry = this.#entries.get(peer);
    return entry !== undefined && entry.nextDial <= this.#clock.now();
  }

  /** No connection, no slot, or none for long: later. */
  failed(peer: PeerId): void {
    const entry = this.#entries.get(peer);
    if (entry === undefined) return;
    const longest = entry.isKept ? LONGEST_BACK_OFF_OF_KEPT : LONGEST_BACK_OFF;
    const backOff = Math.min(FIRST_BACK_OFF * 2 ** entry.failures, longest);
    entry.failures++;
    entry.nextDial = this.#clock.now() + backOff;
    if (entry.failures >= PROOF_FADES) entry.isProved = false;
  }

  /** It took us in: if we lose it, it may be tried again soon. */
  accepted(peer: PeerId): void {
    const entry = this.#entries.get(peer);
    if (entry === undefined) return;
    entry.failures = 0;
    if (!entry.addresses.some(({trust}) => trust === "proved")) return;
    entry.isProved = true;
    this.#entries.delete(peer);
    this.#entries.set(peer, entry);
    this.#boundProved();
  }

  /** This address works: it comes first from now on. */
  succeeded(peer: PeerId, address: string): void {
    const entry = this.#entries.get(peer);
    const index = entry?.addresses.findIndex(({text}) => text === address) ?? -1;
    if (entry === undefined || index < 0) return;
    const [found] = entry.addresses.splice(index, 1);
    found!.trust = "proved";
    entry.addresses.unshift(found!);
  }
}

function sort({addresses}: Entry): void {
  addresses.sort((a, b) => ORDER.indexOf(a.trust) - ORDER.indexOf(b.trust));
}
