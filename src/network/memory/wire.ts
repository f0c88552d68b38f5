import {type Clock, millis} from "#base";
import type {Frame} from "./frames.ts";

export interface WireOptions {
  readonly clock: Clock;
  /** The delay of the next frame, in milliseconds. */
  delay(): number;
  /** Whether the next notification is swallowed. */
  loses(): boolean;
  deliver(frame: Frame): void;
}

/**
 * One direction of a connection. Frames arrive late but in order, as on TCP: one that draws a short delay waits
 * for those before it.
 */
export class Wire {
  readonly #options: WireOptions;
  #frames: {at: number; frame: Frame}[] = [];
  #isHeld = false;
  #isCut = false;
  #isWaking = false;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  send(frame: Frame): void {
    if (this.#isCut) return;
    const sent =
      frame.kind === "message" && this.#options.loses()
        ? ({kind: "lost", stream: frame.stream, length: frame.bytes.length} as const)
        : frame;
    this.#frames.push({at: this.#arrival(this.#frames.at(-1)?.at ?? 0), frame: sent});
    this.#wakeForFirst();
  }

  #arrival(earliest: number): number {
    return Math.max(earliest, this.#options.clock.now() + this.#options.delay());
  }

  #wakeForFirst(): void {
    const first = this.#frames[0];
    if (first === undefined || this.#isWaking || this.#isHeld) return;
    this.#isWaking = true;
    void this.#options.clock.until(millis(first.at)).then(() => {
      this.#isWaking = false;
      this.#deliverDue();
      this.#wakeForFirst();
    });
  }

  #deliverDue(): void {
    const now = this.#options.clock.now();
    let due = 0;
    while (due < this.#frames.length && this.#frames[due]!.at <= now) due++;
    if (this.#isHeld) return;
    const frames = this.#frames.splice(0, due);
    for (const {frame} of frames) {
      if (this.#isCut) return;
      this.#options.deliver(frame);
    }
  }

  /** A black hole: frames are kept back, as TCP would send them again and again in vain. */
  hold(): void {
    this.#isHeld = true;
  }

  /** What was held back arrives after a fresh delay. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    let earliest = 0;
    for (const entry of this.#frames) {
      entry.at = earliest = this.#arrival(earliest);
    }
    this.#wakeForFirst();
  }

  /** Nothing arrives any more. */
  cut(): void {
    this.#isCut = true;
    this.#frames = [];
  }
}
