import {bytesToHex, type Millis, millis} from "#base";
import {LEASE, LOOK, LOOK_EVERY, MAJOR_LAG, STANDSTILL} from "./limits.ts";
import type {LocalChain, PeerId} from "./messages.ts";
import type {PeerState} from "./peer-state.ts";

interface Lease {
  until: number;
  claim: number;
}

/**
 * Which claims to be far ahead of us count. A claim costs nothing, so it holds for what was delivered: a peer whose
 * blocks we took in, at a moment at which more than a few of those that hang together with our head were at hand,
 * or one that is old, is believed that it has more, for as long as it takes to ask it again and a little longer. A seal
 * by the chain's authors is on each of them, and at the head of a chain there are no such blocks to be had.
 *
 * A node that just started, or whose head has stood still, knows nothing yet: it takes one look, a short one and not
 * another one soon, in which claims count as they are. The same claim by many counts once, and whoever was asked in
 * vain does not count.
 */
export class FarClaims {
  readonly #chain: Pick<LocalChain, "best">;
  readonly #leases = new Map<PeerId, Lease>();
  /** Highest block of those that were handed on and go on from each other. */
  #handedTo = 0;
  #lastBest: number;
  #grewAt = Number.NEGATIVE_INFINITY;
  #lookFrom: number | undefined;
  /** The last moment that we were told of. */
  #now = 0;

  constructor(chain: Pick<LocalChain, "best">) {
    this.#chain = chain;
    this.#lastBest = this.#best;
  }

  get #best(): number {
    return this.#chain.best().number;
  }

  /** Something happened, or time passed. */
  note(now: Millis): void {
    const best = this.#best;
    if (best > this.#lastBest) this.#grewAt = now;
    this.#lastBest = best;
    this.#now = now;
  }

  /** A peer spoke of its head: the first look begins with it where there is to be one. */
  claimed({best: {number}}: PeerState, now: Millis): void {
    this.note(now);
    if (!this.#isFar(number)) return;
    const isDue = this.#lookFrom === undefined || now >= this.#lookFrom + LOOK_EVERY;
    if (isDue && now >= this.#grewAt + STANDSTILL) this.#lookFrom = now;
  }

  /** The next claim is looked at as if we had just started. */
  startOver(): void {
    this.#lookFrom = undefined;
    this.#grewAt = Number.NEGATIVE_INFINITY;
    this.#lastBest = this.#best;
    this.#leases.clear();
  }

  handedOn(highest: number): void {
    this.#handedTo = Math.max(this.#handedTo, highest);
  }

  /** What was handed on does not hang together, or is not under way any more. */
  forgetHandedOn(): void {
    this.#handedTo = 0;
  }

  /** A block of this peer became part of the chain; `isOld`: it was made so long ago that we should have had it. */
  imported({id, best: {number}}: PeerState, isOld: boolean, now: Millis): void {
    this.note(now);
    if (!this.#isFar(this.#handedTo) && !isOld) return;
    this.#leases.set(id, {until: now + LEASE, claim: Math.max(number, this.#handedTo)});
  }

  isProved(id: PeerId): boolean {
    return (this.#leases.get(id)?.until ?? 0) > this.#now;
  }

  /** Another one has to show soon that it was right. */
  left(id: PeerId, now: Millis): void {
    const lease = this.#leases.get(id);
    if (lease !== undefined) lease.until = Math.min(lease.until, now + LOOK);
  }

  /** It did not give what it claimed. */
  broken(id: PeerId): void {
    this.#leases.delete(id);
  }

  /** Height that the chain is known to have; our own where nothing shows more. */
  target(peers: Iterable<PeerState>): number {
    const looked = new Map<string, number>();
    for (const {id, best, hasSay} of peers) {
      const lease = this.#leases.get(id);
      if (lease !== undefined) lease.claim = best.number;
      if (hasSay) looked.set(bytesToHex(best.hash), best.number);
    }
    for (const [id, {until}] of this.#leases) if (until <= this.#now) this.#leases.delete(id);
    const proved = [...this.#leases.values()]
      .map(({claim}) => claim)
      .filter(claim => this.#isFar(claim));
    if (proved.length > 0) return median(proved);
    const isLooking = this.#now < this.#lookEnd;
    return isLooking ? Math.max(this.#best, median([...looked.values()])) : this.#best;
  }

  get #lookEnd(): number {
    return this.#lookFrom === undefined ? 0 : this.#lookFrom + LOOK;
  }

  #isFar(number: number): boolean {
    return number > this.#best + MAJOR_LAG;
  }

  /** When what counts may be less without anything happening. */
  wakeAt(): Millis | undefined {
    const ends = [this.#lookEnd, ...[...this.#leases.values()].map(({until}) => until)];
    const left = ends.filter(end => end > this.#now);
    return left.length === 0 ? undefined : millis(Math.min(...left));
  }
}

function median(claims: number[]): number {
  claims.sort((a, b) => a - b);
  return claims[Math.floor(claims.length / 2)] ?? 0;
}
