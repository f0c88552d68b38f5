import {signal} from "@preact/signals";

const CHECKED_EACH = 1_000;
/** What is heard later than this is late, and so is silence on the fastest chains. */
const LEAST_PATIENCE = 3_000;
/** Of the slowest chains: the node is asked meanwhile, so that there is no need to wait for two of their blocks. */
const MOST_PATIENCE = 12_000;
/** Asked so often within its patience, and no less often than `MOST_BETWEEN`. */
const ASKED_WITHIN = 2;
const MOST_BETWEEN = 5_000;
/** A node that hears this late does not make its blocks either. */
const LATEST_ANSWER = 10_000;

interface PulseOptions {
  /** Asks for anything at all; a refusal is an answer too. */
  readonly ask: (onAnswer: () => void) => void;
  readonly onDeath: () => void;
}

/** What was asked, when, and how often it was looked at since: a machine that slept was not waiting all that time. */
interface Question {
  readonly at: number;
  looks: number;
}

/**
 * Notices a connection that looks open and is not: when a machine loses its power, a line its other end or a process its
 * mind, nobody says goodbye. First that nothing is heard, then that it is dead; and how late answers come.
 */
export class Pulse {
  /** Asked, the node has said nothing for longer than it should. */
  readonly isQuiet = signal(false);
  /** How late answers come, in ms; 0 where that is not worth a word. */
  readonly delay = signal(0);
  readonly #options: PulseOptions;
  #patience = MOST_PATIENCE;
  #heardAt = 0;
  #askedAt = 0;
  #open: Question | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: PulseOptions) {
    this.#options = options;
  }

  /** How often the node has something to say: as often as its chain has slots, in ms. */
  expectEach(slot: number): void {
    this.#patience = Math.min(MOST_PATIENCE, Math.max(LEAST_PATIENCE, 2 * slot));
  }

  start(): void {
    this.stop();
    this.heard();
    this.#timer = setInterval(() => this.#check(), CHECKED_EACH);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#open = undefined;
    this.isQuiet.value = false;
    this.delay.value = 0;
  }

  heard(): void {
    this.#heardAt = Date.now();
    this.isQuiet.value = false;
  }

  #check(): void {
    const now = Date.now();
    const open = this.#open;
    if (open === undefined) {
      const between = Math.min(MOST_BETWEEN, this.#patience / ASKED_WITHIN);
      if (now - this.#askedAt >= between) this.#ask(now);
      return;
    }
    open.looks += 1;
    if (open.looks < 2) return;
    const quiet = now - this.#heardAt;
    if (quiet >= LATEST_ANSWER && now - open.at >= LATEST_ANSWER) {
      this.#options.onDeath();
      return;
    }
    this.isQuiet.value = quiet >= this.#patience;
    if (now - open.at >= LEAST_PATIENCE) this.#answersLateBy(now - open.at);
  }

  #ask(now: number): void {
    const question = {at: now, looks: 0};
    this.#askedAt = now;
    this.#open = question;
    this.#options.ask(() => {
      if (this.#open !== question) return;
      this.#open = undefined;
      const took = Date.now() - question.at;
      // Over a sleep of this machine's the answer was not under way.
      this.#answersLateBy(question.looks > 1 ? took : 0);
    });
  }

  #answersLateBy(took: number): void {
    this.delay.value = took >= LEAST_PATIENCE ? took : 0;
  }
}
