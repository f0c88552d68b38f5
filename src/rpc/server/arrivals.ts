import type {Clock} from "#base";

/** Between two looks, in milliseconds. */
export const LOOK_INTERVAL = 5_000;

/** Bytes that a message has to bring from one look to the next: 4 KiB a second, slower than any line in use. */
const LEAST = (4_096 * LOOK_INTERVAL) / 1_000;

/** Until a message has to be there whatever its pace: the longest in 5 minutes, at 50 KiB a second. */
const LONGEST = 300_000;

export interface ArrivalOptions {
  onTooSlow(): void;
  /** Whether it is we who do not read on. */
  isHeldUp(): boolean;
}

/** A message on its way in: who sends it adds what has come, and ends it. */
export class Arrival {
  readonly #began: number;
  readonly #options: ArrivalOptions;
  readonly #onEnd: (arrival: Arrival) => void;
  #received = 0;
  #seen: number | undefined;

  constructor(began: number, options: ArrivalOptions, onEnd: (arrival: Arrival) => void) {
    this.#began = began;
    this.#options = options;
    this.#onEnd = onEnd;
  }

  add(bytes: number): void {
    this.#received += bytes;
  }

  end(): void {
    this.#onEnd(this);
  }

  look(now: number): void {
    const before = this.#seen;
    this.#seen = this.#received;
    const isSlow = before !== undefined && this.#received - before < LEAST;
    if ((!isSlow && now - this.#began < LONGEST) || this.#options.isHeldUp()) return;
    this.end();
    this.#options.onTooSlow();
  }
}

/** Messages on their way in. One that hardly moves holds a connection's place and memory, and is given up. */
export class Arrivals {
  readonly #clock: Pick<Clock, "now">;
  readonly #underWay = new Set<Arrival>();

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  begin(options: ArrivalOptions): Arrival {
    const arrival = new Arrival(this.#clock.now(), options, ended => this.#underWay.delete(ended));
    this.#underWay.add(arrival);
    return arrival;
  }

  /** Called at the interval. */
  look(): void {
    const now = this.#clock.now();
    for (const arrival of [...this.#underWay]) arrival.look(now);
  }
}
