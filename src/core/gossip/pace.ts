import {type Clock, LruCache, millis} from "#base";
import type {PeerId} from "#network";

export interface PaceOptions {
  readonly perSecond: number;
  /** What may come at once after a silence. */
  readonly burst: number;
}

/** Peers whose haste is remembered, those who left too: leaving and coming back earns nothing. */
const REMEMBERED = 1_024;

/**
 * How fast one peer's messages are taken up. Whoever sends more waits in its own queue, as its substream is not read
 * on before this says so; the node has time for the others and for its slots.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #options: PaceOptions;
  readonly #peers = new LruCache<PeerId, {left: number; at: number}>(REMEMBERED);

  /** `signal`: ends all waits, and with them what waited. */
  constructor(clock: Clock, options: PaceOptions, signal: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
    this.#options = options;
  }

  /** Resolves when so many more of a peer's messages may have been taken up. */
  async take(peer: PeerId, count = 1): Promise<void> {
    const {perSecond, burst} = this.#options;
    const now = this.#clock.now();
    const account = this.#peers.get(peer) ?? {left: burst, at: now};
    const earned = ((now - account.at) * perSecond) / 1_000;
    account.left = Math.min(burst, account.left + earned) - count;
    account.at = now;
    this.#peers.set(peer, account);
    if (account.left >= 0) return;
    const due = millis(now + (-account.left * 1_000) / perSecond);
    await this.#clock.until(due, this.#signal).catch(() => undefined);
  }
}
