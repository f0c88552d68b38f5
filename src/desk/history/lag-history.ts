/** The head's distance from what is final, over one step of time. */
export interface LagPoint {
  /** When the step began, Unix time in milliseconds. */
  readonly at: number;
  /** Blocks that finality was behind at most, and at the step's end. */
  readonly most: number;
  readonly last: number;
  /** Peers at least. */
  readonly peers: number;
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/** One step of each ring, and what it reaches back: an hour, a day, a week, a month. */
const RINGS = [
  {step: 5 * SECOND, reach: HOUR},
  {step: 120 * SECOND, reach: DAY},
  {step: 900 * SECOND, reach: 7 * DAY},
  {step: HOUR, reach: 30 * DAY},
] as const;

/** What is kept at most. */
export const LONGEST_RANGE = 30 * DAY;

/** Remembers how far finality was behind: the nearer the past, the finer. */
export class LagHistory {
  readonly #rings = RINGS.map(({step, reach}) => new Ring(step, reach / step));
  /** When the first note was made. */
  #since: number | undefined;

  get since(): number | undefined {
    return this.#since;
  }

  note(at: number, lag: number, peers: number): void {
    this.#since = Math.min(this.#since ?? at, at);
    for (const ring of this.#rings) ring.note(at, lag, peers);
  }

  /** Steps after `from`, oldest first, with how long each is; those in which nothing was noted are left out. */
  after(from: number, now: number): {readonly step: number; readonly points: readonly LagPoint[]} {
    const ring = this.#rings.find(({reach}) => reach >= now - from) ?? this.#rings.at(-1)!;
    return {step: ring.step, points: ring.after(from)};
  }
}

/** So many steps, each later one in the place of the oldest. */
class Ring {
  readonly step: number;
  readonly reach: number;
  readonly #size: number;
  /** In the order of time, oldest first. */
  #points: LagPoint[] = [];

  constructor(step: number, size: number) {
    this.step = step;
    this.#size = size;
    this.reach = step * size;
  }

  note(moment: number, lag: number, peers: number): void {
    const at = Math.floor(moment / this.step) * this.step;
    const last = this.#points.at(-1);
    // A clock that was set back begins anew where it is now: two steps of one moment would be drawn over each other.
    if (last !== undefined && last.at > at) this.#points = this.#points.filter(p => p.at < at);
    const same = this.#points.at(-1)?.at === at ? this.#points.pop() : undefined;
    this.#points.push({
      at,
      most: Math.max(lag, same?.most ?? lag),
      last: lag,
      peers: Math.min(peers, same?.peers ?? peers),
    });
    // By a tenth at once, since an array is not shortened from its front for nothing.
    if (this.#points.length > 1.1 * this.#size) this.#points = this.#points.slice(-this.#size);
  }

  after(from: number): readonly LagPoint[] {
    return this.#points.filter(({at}) => at + this.step > from).slice(-this.#size);
  }
}
