import {countBy, highestBy} from "#base";

/** Somebody on the way in: what is between a first packet and a slot. */
export interface Newcomer {
  /** Those of one host count together. */
  readonly host: string;
  /** In milliseconds, steady. */
  readonly since: number;
  /** It said anything at all. */
  hasSpoken(): boolean;
  /** Its place is somebody else's. */
  giveWay(): void;
}

/** Of all places, what one host keeps for certain while others want some: an eighth. */
const SHARE = 8;
/** Milliseconds in which nobody is blamed for having said nothing: first words are on their way. */
const GRACE = 100;

/**
 * Places of those on the way in. Nobody is turned away: when places are short one makes way, of a host that has more
 * than its share, or else one that has said nothing yet, or else the one that has been at it for the longest. So
 * whoever comes has its place until as many others came after it as there are places, however many hosts they are:
 * with P places and A arrivals a second that is P / A seconds, and an honest handshake is over by then.
 */
export class Newcomers {
  readonly #count: number;
  readonly #taken = new Set<Newcomer>();

  constructor(count: number) {
    this.#count = count;
  }

  get size(): number {
    return this.#taken.size;
  }

  enter(newcomer: Newcomer): void {
    if (this.#taken.size >= this.#count) this.#makeRoom(newcomer.since);
    this.#taken.add(newcomer);
  }

  leave(newcomer: Newcomer): void {
    this.#taken.delete(newcomer);
  }

  #makeRoom(now: number): void {
    const byHost = countBy(this.#taken, ({host}) => host);
    const share = Math.max(1, Math.floor(this.#count / SHARE));
    // Above a share, then silent, then old.
    const chosen = highestBy(this.#taken, newcomer => {
      const held = byHost.get(newcomer.host)!;
      const isSilent = now - newcomer.since >= GRACE && !newcomer.hasSpoken();
      return [held > share ? held : 0, isSilent ? 1 : 0, -newcomer.since];
    });
    if (chosen === undefined) return;
    this.#taken.delete(chosen);
    chosen.giveWay();
  }
}
