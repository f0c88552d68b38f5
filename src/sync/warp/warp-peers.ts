import {type Millis, millis} from "#base";
import type {PeerId} from "../messages.ts";
import {Pace} from "../pace.ts";

/** A peer that did not answer is left alone this long, each time longer. */
const REST = 10_000;
const LONGEST_REST = 120_000;
/** A lie weighs as much as so many answers that did not come. */
const LIE = 8;

export interface WarpPeer {
  readonly id: PeerId;
  /** The height it claims. */
  best: number;
  failures: number;
  /** It gave something that was right. */
  hasGiven: boolean;
  /** Not asked before this moment. */
  restsUntil: Millis;
  readonly pace: Pace;
  /** Height of a block from which on it said that it has nothing more to prove. */
  provedTo: number | undefined;
}

/** Peers of a warp, the most reliable first, and of those the quickest: what they claim costs them nothing. */
export class WarpPeers {
  readonly #peers = new Map<PeerId, WarpPeer>();

  get size(): number {
    return this.#peers.size;
  }

  get doAnyGive(): boolean {
    return [...this.#peers.values()].some(({hasGiven}) => hasGiven);
  }

  /** The height that half of them claim at least; 0 where there is nobody. */
  get median(): number {
    const claims = [...this.#peers.values()].map(({best}) => best).sort((a, b) => a - b);
    return claims[Math.floor(claims.length / 2)] ?? 0;
  }

  add(id: PeerId, best: number): void {
    const restsUntil = millis(0);
    this.#peers.set(id, {
      id,
      best,
      failures: 0,
      hasGiven: false,
      restsUntil,
      pace: new Pace(),
      provedTo: undefined,
    });
  }

  remove(id: PeerId): void {
    this.#peers.delete(id);
  }

  get(id: PeerId): WarpPeer | undefined {
    return this.#peers.get(id);
  }

  claims(id: PeerId, number: number): void {
    const peer = this.#peers.get(id);
    if (peer !== undefined) peer.best = Math.max(peer.best, number);
  }

  failed(peer: WarpPeer, isLie: boolean, now: Millis): void {
    peer.failures += isLie ? LIE : 1;
    peer.restsUntil = millis(now + Math.min(LONGEST_REST, REST * peer.failures));
  }

  /**
   * Those that are fit, whether they rest or not; `knownFirst`: who gave something before whoever may be quicker. Who
   * came first is before others that are as good: to claim more is no merit.
   */
  fitting(isFit: (peer: WarpPeer) => boolean, knownFirst = false): WarpPeer[] {
    const strange = ({hasGiven}: WarpPeer) => (knownFirst && !hasGiven ? 1 : 0);
    return [...this.#peers.values()]
      .filter(isFit)
      .sort(
        (a, b) => a.failures - b.failures || strange(a) - strange(b) || b.pace.rate - a.pace.rate,
      );
  }

  /** When the next of those that rest may be asked again. */
  awake(now: Millis): Millis | undefined {
    const times = [...this.#peers.values()].map(peer => peer.restsUntil).filter(time => time > now);
    return times.length === 0 ? undefined : millis(Math.min(...times));
  }
}
