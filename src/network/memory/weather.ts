import type {PeerId} from "../transport/peer-id.ts";

/** Milliseconds; each frame draws a whole number between the two, both included. */
export interface DelayRange {
  readonly min: number;
  readonly max: number;
}

/** One link, whichever way. */
export type Between = readonly [PeerId, PeerId];

/** What a partition does to the connections that cross it. */
export type PartitionMode =
  /** They break at once and new ones fail at once, as with a firewall that resets. */
  | "cut"
  /** They go silent: frames wait, new ones time out, as with a cable pulled. */
  | "black-hole";

/** How bad the network is: delays and losses, for all links and for single ones, and who can reach whom. */
export class Weather {
  readonly #delays = new Map<string, DelayRange>();
  readonly #losses = new Map<string, number>();
  #delay: DelayRange;
  #loss = 0;
  #groups: ReadonlyMap<PeerId, number> | undefined;
  mode: PartitionMode = "cut";

  constructor(delay: DelayRange) {
    this.#delay = delay;
  }

  setDelay(range: DelayRange, between?: Between): void {
    if (between === undefined) this.#delay = range;
    else this.#delays.set(linkKey(...between), range);
  }

  setLoss(probability: number, between?: Between): void {
    if (between === undefined) this.#loss = probability;
    else this.#losses.set(linkKey(...between), probability);
  }

  delayBetween(a: PeerId, b: PeerId): DelayRange {
    return this.#delays.get(linkKey(a, b)) ?? this.#delay;
  }

  lossBetween(a: PeerId, b: PeerId): number {
    return this.#losses.get(linkKey(a, b)) ?? this.#loss;
  }

  divide(groups: readonly (readonly PeerId[])[], mode: PartitionMode): void {
    this.#groups = new Map(groups.flatMap((group, index) => group.map(peer => [peer, index])));
    this.mode = mode;
  }

  heal(): void {
    this.#groups = undefined;
  }

  /** Peers that no group names are a group of their own. */
  isDivided(a: PeerId, b: PeerId): boolean {
    return this.#groups !== undefined && this.#groups.get(a) !== this.#groups.get(b);
  }
}

function linkKey(a: PeerId, b: PeerId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
