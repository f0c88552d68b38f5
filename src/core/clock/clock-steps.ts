import {type Clock, Listeners, type Logger, millis} from "#base";

/** How often the two clocks are held against each other. */
const LOOK = 1_000;
/** A difference that grew by more than this since the last look was no drift: NTP slews by half a millisecond a second. */
const STEP = 500;

/**
 * Notices that the machine's clock was set, or that the machine slept: it then moved by another amount than the steady
 * clock beside it.
 */
export class ClockSteps {
  readonly #wall: Clock;
  readonly #steady: Clock;
  readonly #logger: Logger;
  readonly #listeners: Listeners<[by: number]>;
  #difference: number;

  constructor(
    wall: Clock,
    steady: Clock,
    {logger, onFault}: {readonly logger: Logger; readonly onFault: (fault: unknown) => void},
  ) {
    this.#wall = wall;
    this.#steady = steady;
    this.#logger = logger;
    this.#listeners = new Listeners(onFault);
    this.#difference = wall.now() - steady.now();
  }

  /** `by`: milliseconds that the clock was set forward; below nothing: back. Returns how to stop listening. */
  onStep(listener: (by: number) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Looks until the signal ends; then rejects with its reason. */
  async run(signal: AbortSignal): Promise<never> {
    for (;;) {
      await this.#steady.until(millis(this.#steady.now() + LOOK), signal);
      this.look();
    }
  }

  look(): void {
    const difference = this.#wall.now() - this.#steady.now();
    const by = difference - this.#difference;
    this.#difference = difference;
    if (Math.abs(by) < STEP) return;
    const seconds = (Math.abs(by) / 1_000).toFixed(1);
    this.#logger.log(
      "warn",
      "clock",
      by > 0
        ? `this machine's clock went ${seconds} s ahead at once: it was set, or the machine slept`
        : `this machine's clock was set back by ${seconds} s`,
    );
    this.#listeners.tell(by);
  }
}
