import {type Clock, type Millis, millis} from "#base";
import type {ClockSkew} from "../api.ts";

/** A machine's clock that goes wrong. Who sleeps while it is set looks at it again when it wakes, as timers do. */
export class SkewedClock implements Clock {
  readonly #true: Clock;
  #offset = 0;
  #rate = 1;
  #since: number;

  constructor(clock: Clock) {
    this.#true = clock;
    this.#since = clock.now();
  }

  set({offset, drift = 0}: ClockSkew): void {
    this.#since = this.#true.now();
    this.#offset = offset;
    this.#rate = 1 + drift / 1_000_000;
  }

  now(): Millis {
    const passed = this.#true.now() - this.#since;
    return millis(Math.floor(this.#since + passed * this.#rate + this.#offset));
  }

  async until(time: Millis, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw signal.reason;
    while (this.now() < time) {
      const left = (time - this.now()) / this.#rate;
      await this.#true.until(millis(this.#true.now() + Math.max(1, Math.ceil(left))), signal);
    }
  }
}
