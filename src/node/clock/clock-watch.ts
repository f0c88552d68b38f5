import type {ClockStatus} from "#rpc";

/** Blocks of others that the clock is held against: the middle of so many does not move for one slow author. */
const SAMPLES = 31;
/** Below so many nothing is concluded. */
const LEAST = 5;

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
  readonly #lateness: number[] = [];
  #ntp: number | undefined;

  constructor(bound: number) {
    this.#bound = bound;
  }

  /** A new block of somebody else arrived so many milliseconds after its slot began. */
  blockArrived(lateness: number): void {
    this.#lateness.push(lateness);
    if (this.#lateness.length > SAMPLES) this.#lateness.shift();
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
    if (this.#lateness.length < LEAST) return undefined;
    return [...this.#lateness].sort((a, b) => a - b)[this.#lateness.length >> 1];
  }
}
