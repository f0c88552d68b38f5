const MINUTE = 60_000;

/**
 * So many calls a minute: at most a minute's worth at once, and then one whenever its share of the minute has passed.
 * Kept as the time at which the client will have used up what it has, which is all that there is to know.
 */
export class RateLimit {
  readonly perMinute: number;
  #usedUntil = 0;

  constructor(perMinute: number) {
    this.perMinute = perMinute;
  }

  /** Milliseconds to wait before the next call is answered; 0 for one that is. */
  take(now: number): number {
    const cost = MINUTE / this.perMinute;
    const used = Math.max(this.#usedUntil, now) + cost;
    const wait = used - now - MINUTE;
    // A call that costs the whole minute must pass once.
    if (wait > Number.EPSILON * MINUTE * 4) return Math.ceil(wait);
    this.#usedUntil = used;
    return 0;
  }

  /** Whether the client has all that it may have: there is nothing to remember of it. */
  isFresh(now: number): boolean {
    return this.#usedUntil <= now;
  }
}
