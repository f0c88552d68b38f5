import type {Clock} from "./clock.ts";

/** How long the same trouble is only counted after it was told, in milliseconds. */
const QUIET = 60_000;

/** Trouble that may come a thousand times a second is told at once, and then at most once a minute with its count. */
export class RepeatedTrouble<T> {
  readonly #clock: Pick<Clock, "now">;
  readonly #tell: (trouble: T, times: number) => void;
  #times = 0;
  #toldAt: number | undefined;

  constructor(clock: Pick<Clock, "now">, tell: (trouble: T, times: number) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  note(trouble: T): void {
    const now = this.#clock.now();
    this.#times++;
    if (this.#toldAt !== undefined && now - this.#toldAt < QUIET) return;
    this.#toldAt = now;
    this.#tell(trouble, this.#times);
    this.#times = 0;
  }
}
