import {bytesToBinary, LruCache} from "#base";
import type {Hash} from "#primitives";
import type {ClockStatus} from "./clock-status.ts";

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

/** Announcements whose blocks were not imported yet; those of some minutes, for a clock that is as far behind. */
const HEARD = 1_024;

/** A slot of the chain: its number, and when it began. */
interface SlotAt {
  readonly slot: number;
  readonly begins: number;
}

interface Heard {
  readonly heardAt: number;
  readonly isCatchingUp: boolean;
}

interface Sample extends Heard {
  readonly slot: number;
  /** How long after its slot began the block was heard of. */
  readonly lateness: number;
  /** When it was found to be a block, by which it is forgotten. */
  readonly at: number;
}

/**
 * How far this machine's clock is from others'. An author makes its block when its slot begins and tells of it, so a
 * block that we hear of long after, or before, says how far apart the two clocks are; the middle of many says that it
 * is ours. What counts is when it was first heard of: it may wait for others before it is imported, and only what is
 * imported was a block. A time server, where one is asked, knows better.
 *
 * A node that catches up is busy, and late with all it hears: only blocks that come too early tell it of its clock
 * then. One whose clock is behind cannot catch up, as to it the newest blocks are always of the future. Once it is in
 * step, what it heard before that counts no more.
 */
export class ClockWatch {
  readonly #slotDuration: () => number;
  readonly #now: () => number;
  readonly #heard = new LruCache<string, Heard>(HEARD);
  #samples: Sample[] = [];
  #highest = 0;
  #ntp: number | undefined;

  constructor(slotDuration: () => number, now: () => number) {
    this.#slotDuration = slotDuration;
    this.#now = now;
  }

  /**
   * A peer spoke of a block as new; nobody knows yet whether it is one. Only one of a higher slot than all that we have
   * can be news: others are announced late, when somebody comes back from elsewhere. When its slot began is a guess as long
   * as its parent is not known, which may have changed the length of slots.
   */
  announced(block: Hash, {slot, begins}: SlotAt, isCatchingUp: boolean): void {
    const key = bytesToBinary(block);
    if (slot <= this.#highest || this.#heard.has(key)) return;
    const heardAt = this.#now();
    if (!isCatchingUp || heardAt < begins) this.#heard.set(key, {heardAt, isCatchingUp});
  }

  /**
   * A block of somebody else became part of the chain, announced or not. Ours are no measure: made by a fast clock they
   * are ahead of all that others make.
   */
  imported(block: Hash, {slot, begins}: SlotAt): void {
    this.#highest = Math.max(slot, this.#highest);
    const heard = this.#heard.get(bytesToBinary(block));
    if (heard === undefined) return;
    const lateness = heard.heardAt - begins;
    if (heard.isCatchingUp && lateness >= 0) return;
    const last = this.#samples.at(-1);
    if (last !== undefined && Math.abs(heard.heardAt - last.heardAt) < this.#slotDuration() / 2) {
      // Blocks come one a slot: of those that come at once all but the newest were held up on the way.
      if (slot < last.slot) return;
      this.#samples.pop();
    }
    if (!heard.isCatchingUp)
      this.#samples = this.#samples.filter(({isCatchingUp}) => !isCatchingUp);
    this.#samples.push({...heard, slot, lateness, at: this.#now()});
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  /** The clock was set: what was seen by it before says nothing of how it stands now. */
  forget(): void {
    this.#samples = [];
    this.#heard.clear();
    this.#ntp = undefined;
  }

  /** A time server says how far ahead of it the clock is; undefined: it does not answer any more. */
  ntpSays(offset: number | undefined): void {
    this.#ntp = offset;
  }

  get status(): ClockStatus {
    const fromPeers = this.#fromPeers();
    const offset = this.#ntp ?? fromPeers;
    const source = this.#ntp !== undefined ? "ntp" : fromPeers !== undefined ? "peers" : undefined;
    const bound = clockBound(this.#slotDuration());
    const isPaused = offset !== undefined && Math.abs(offset) > bound;
    return {offset, source, isPaused, bound};
  }

  #fromPeers(): number | undefined {
    const since = this.#now() - FORGOTTEN_AFTER * this.#slotDuration();
    while (this.#samples[0] !== undefined && this.#samples[0].at < since) this.#samples.shift();
    if (this.#samples.length < LEAST) return undefined;
    const lateness = this.#samples.map(sample => sample.lateness);
    const sorted = lateness.sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  }
}
