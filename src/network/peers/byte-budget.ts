import {type Clock, LruCache} from "#base";
import type {PeerId} from "../transport/peer-id.ts";

const MEBIBYTE = 1_024 * 1_024;
/**
 * Bytes that one peer may be answered at once, and per second after that. A peer that syncs five requests at a time
 * takes 40 MiB at most; eight a second is more than a home connection gives it.
 */
const BURST = 64 * MEBIBYTE;
const PER_SECOND = 8 * MEBIBYTE;
const MAX_PEERS = 1_024;

/** A token bucket of answered bytes for each peer. */
export class ByteBudget {
  readonly #clock: Clock;
  readonly #spent = new LruCache<PeerId, {bytes: number; at: number}>(MAX_PEERS);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  hasSome(peer: PeerId): boolean {
    return this.#current(peer) < BURST;
  }

  spend(peer: PeerId, bytes: number): void {
    this.#spent.set(peer, {bytes: this.#current(peer) + bytes, at: this.#clock.now()});
  }

  #current(peer: PeerId): number {
    const spent = this.#spent.get(peer);
    if (spent === undefined) return 0;
    const regained = ((this.#clock.now() - spent.at) * PER_SECOND) / 1_000;
    return Math.max(0, spent.bytes - regained);
  }
}
