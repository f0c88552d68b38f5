const CHECKED_EACH = 5_000;
/** Longer than the slots of the presets: where blocks come, nothing is asked. */
const QUIET = 15_000;
/** A node that hears this late does not make its blocks either. */
const LATEST_ANSWER = 10_000;

interface PulseOptions {
  /** Asks for anything at all; a refusal is an answer too. */
  readonly ask: () => void;
  readonly onDeath: () => void;
}

/**
 * Notices a connection that looks open and is not: when a machine loses its power, a line its other end or a process its
 * mind, nobody says goodbye.
 */
export class Pulse {
  readonly #options: PulseOptions;
  #heardAt = 0;
  #askedAt: number | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: PulseOptions) {
    this.#options = options;
  }

  start(): void {
    this.heard();
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#check(), CHECKED_EACH);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  heard(): void {
    this.#heardAt = Date.now();
    this.#askedAt = undefined;
  }

  #check(): void {
    const now = Date.now();
    if (this.#askedAt !== undefined) {
      if (now - this.#askedAt >= LATEST_ANSWER) this.#options.onDeath();
    } else if (now - this.#heardAt >= QUIET) {
      this.#askedAt = now;
      this.#options.ask();
    }
  }
}
