import type {Millis} from "#base";

/** What a sync is at. */
export type SyncStage =
  | "idle"
  | "waiting-for-peers"
  | "finding-common-block"
  | "downloading-blocks"
  | "importing-blocks"
  | "downloading-proof"
  | "downloading-state"
  | "downloading-history";

export interface SyncProgress {
  readonly stage: SyncStage;
  readonly best: number;
  /** The height aimed at. */
  readonly target: number;
  /** Blocks a second, over the last while; undefined while there is nothing to measure. */
  readonly rate: number | undefined;
  /** Seconds until the target at this rate. */
  readonly eta: number | undefined;
  /** Why nothing moves, in words, where nothing does. */
  readonly waitingFor: string | undefined;
  /** What is under way, in words, where heights do not say it. */
  readonly detail?: string;
}

/** The rate is that of this long. */
const WINDOW = 10_000;

/** How fast the chain grows: heights over a sliding while. */
export class Rate {
  #samples: {time: number; height: number}[] = [];

  note(now: Millis, height: number): void {
    const last = this.#samples.at(-1);
    if (last?.time === now) last.height = height;
    else this.#samples.push({time: now, height});
    while (this.#samples.length > 2 && this.#samples[1]!.time < now - WINDOW) this.#samples.shift();
  }

  /** Heights a second. */
  get perSecond(): number | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.time <= first.time) return undefined;
    return ((last.height - first.height) * 1_000) / (last.time - first.time);
  }
}
