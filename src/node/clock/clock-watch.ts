import type {ClockStatus} from "#rpc";

/** Blocks of others that the clock is held against: the middle of so many does not move for one slow author. */
const SAMPLES = 31;
/** Below so many nothing is concluded. */
const LEAST = 5;
/**
 * What was seen longer ago, in slots, says nothing any more. Without that, nodes that all pause for each other's late
 * blocks, after a split of the network say, would wait for each other for ever.
 */
const FORGOTTEN_AFTER = 64;

/**
 * Further off than this, no blocks are made: a second covers networks and busy machines, a quarter of a slot is where
 * others begin to find our blocks late or of the future.
 */
export const clockBound = (slotDuration: number): number => Math.max(1_000, slotDuration / 4);

/**
 * How far this machine's clock is from others'. An author makes its block when its slot begins, so a block that arrives
 * long after, or before, says how far apart the two clocks are; the middle of many says that it is ours. A time server,
 * where one is asked, knows better.
 */
export class ClockWatch {
  readonly #bound: number;
  readonly #slotDuration: number;
  readonly #now: () => number;
  readonly #samples: {readonly at: number; readonly lateness: number}[] = [];
  #highest = 0;
  #ntp: number | undefined;

  constructor(slotDuration: number, now: () => number) {
    this.#bound = clockBound(slotDuration);
    this.#slotDuration = slotDuration;
    this.#now = now;
  }

  /**
   * A block was imported, `isNews`: as soon as its author made it, as far as we know. Only one of a higher slot than all
   * before it can be news: others are told of late, when somebody comes back from elsewhere.
   */
  blockArrived(slot: number, isNews: boolean): void {
    const isHighest = slot > this.#highest;
    this.#highest = Math.max(slot, this.#highest);
    if (!isNews || !isHighest) return;
    const at = this.#now();
    this.#samples.push({at, lateness: at - slot * this.#slotDuration});
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  /** A time server says how far ahead of it the clock is; undefined: it does not answer any more. */
  ntpSays(offset: number | undefined): void {
    this.#ntp = offset;
  }

  get status(): ClockStatus {
    const fromPeers = this.#fromPeers();
    const offset = this.#ntp ?? fromPeers;
    const source = this.#ntp !== undefined ? "ntp" : fromPeers !== undefined ? "peers" : undefined;
    const isPaused = offset !== undefined && Math.abs(offset) > this.#bound;
    return {offset, source, isPaused, bound: this.#bound};
  }

  #fromPeers(): number | undefined {
    const since = this.#now() - FORGOTTEN_AFTER * this.#slotDuration;
    while (this.#samples[0] !== undefined && this.#samples[0].at < since) this.#samples.shift();
    if (this.#samples.length < LEAST) return undefined;
    const sorted = this.#samples.map(({lateness}) => lateness).sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  }
}
