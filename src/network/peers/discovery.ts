import {sha256} from "@noble/hashes/sha2.js";
import {base58} from "@scure/base";
import {type Clock, compareBytes, millis} from "#base";
import {
  decodeKademlia,
  encodeKademlia,
  KADEMLIA_K,
  KADEMLIA_TYPE,
  type KademliaPeer,
} from "../protocols/kademlia.ts";
import {type ChainNames, protocolNames, REQUEST_LIMITS} from "../protocols/protocol-table.ts";
import type {PeerAddress} from "../transport/peer-address.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {RequestProtocol} from "../transport/requests.ts";
import type {Transport} from "../transport/transport.ts";
import {bytesToMultiaddr, multiaddrToBytes} from "./multiaddr-bytes.ts";

/** Between two random walks, in milliseconds: doubling from the first to the last (spec §1.3). */
const FIRST_PERIOD = 1_000;
const LONGEST_PERIOD = 60_000;
/** Kademlia's alpha: peers that are asked in one walk. */
const ALPHA = 3;
/** The bytes of an ed25519 peer id. */
const PEER_ID_SIZE = 38;
/** Other keys have ids of about that size; what is longer names no peer, and would be slow to write in base 58. */
const LONGEST_PEER_ID = 64;

export interface DiscoveryOptions {
  readonly chain: ChainNames;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  /** Peers that can be asked. */
  askable(): readonly PeerId[];
  /** Peers that can be recommended, with where to find them. */
  known(): readonly {readonly peer: PeerId; readonly addresses: readonly string[]}[];
  /** A peer told of another one. */
  found(address: PeerAddress, source: PeerId): void;
}

/**
 * Kademlia as far as Substrate's peers use it to find each other: who is near to this key? Our table is the peers
 * that we know, without buckets, for they are few. Records and providers are not kept: such requests are answered
 * with nearer peers.
 */
export class Discovery {
  readonly #options: DiscoveryOptions;
  readonly #names: readonly string[];

  constructor(options: DiscoveryOptions) {
    this.#options = options;
    this.#names = protocolNames(options.chain, "kademlia");
  }

  protocol(): RequestProtocol {
    const {maxRequest, perPeer} = REQUEST_LIMITS.kademlia;
    const answer: RequestProtocol["answer"] = async (peer, bytes) => {
      const request = decodeKademlia(bytes);
      if (!request.ok) return undefined;
      const {type, key} = request.value;
      const closerPeers = type === KADEMLIA_TYPE.ping ? [] : this.#closest(key, peer);
      return encodeKademlia({type, key, closerPeers});
    };
    return {names: this.#names, maxRequest, maxInFlight: perPeer, answer};
  }

  #closest(key: Uint8Array, asker: PeerId): readonly KademliaPeer[] {
    const target = sha256(key);
    const near: {distance: Uint8Array; peer: KademliaPeer}[] = [];
    for (const {peer, addresses} of this.#options.known()) {
      const id = peerIdToBytes(peer);
      if (peer === asker || id === undefined) continue;
      const binary = addresses
        .map(multiaddrToBytes)
        .filter((address): address is Uint8Array => address !== undefined);
      if (binary.length === 0) continue;
      near.push({distance: distance(target, sha256(id)), peer: {id, addresses: binary}});
    }
    near.sort((a, b) => compareBytes(a.distance, b.distance));
    return near.slice(0, KADEMLIA_K).map(({peer}) => peer);
  }

  /** Asks at random, ever more seldom, until the signal ends. */
  async run(signal: AbortSignal): Promise<void> {
    const {clock} = this.#options;
    for (let period = FIRST_PERIOD; ; period = Math.min(2 * period, LONGEST_PERIOD)) {
      try {
        await clock.until(millis(clock.now() + period), signal);
      } catch {
        return;
      }
      await this.#walk(signal);
    }
  }

  async #walk(signal: AbortSignal): Promise<void> {
    const {askable, random} = this.#options;
    const key = Uint8Array.from({length: PEER_ID_SIZE}, () => Math.floor(random() * 256));
    const peers = [...askable()];
    const asked: PeerId[] = [];
    while (asked.length < ALPHA && peers.length > 0) {
      asked.push(peers.splice(Math.floor(random() * peers.length), 1)[0]!);
    }
    await Promise.all(asked.map(peer => this.#ask(peer, key, signal)));
  }

  async #ask(peer: PeerId, key: Uint8Array, signal: AbortSignal): Promise<void> {
    const {transport, found} = this.#options;
    const request = encodeKademlia({type: KADEMLIA_TYPE.findNode, key, closerPeers: []});
    const {maxResponse, timeout} = REQUEST_LIMITS.kademlia;
    const names = this.#names;
    const answered = await transport.request(peer, {names, request, maxResponse, timeout}, signal);
    const response = answered.ok ? decodeKademlia(answered.value) : answered;
    if (!response.ok) return;
    for (const {id, addresses} of response.value.closerPeers.slice(0, KADEMLIA_K)) {
      if (id.length === 0 || id.length > LONGEST_PEER_ID) continue;
      const named = base58.encode(id);
      for (const bytes of addresses) {
        const address = bytesToMultiaddr(bytes);
        if (address !== undefined) found({peer: named, address}, peer);
      }
    }
  }
}

function peerIdToBytes(peer: PeerId): Uint8Array | undefined {
  try {
    return base58.decode(peer);
  } catch {
    // A peer in memory, with a name that no real one has: it is not recommended.
    return undefined;
  }
}

function distance(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, index) => byte ^ b[index]!);
}
