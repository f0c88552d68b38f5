import {type Millis, millis} from "./units.ts";

/** Where time comes from. Nothing below the shell reads the machine's clock by itself. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): Millis;
  /** Resolves at `time` (at once when it has passed), or rejects with the signal's reason. */
  until(time: Millis, signal?: AbortSignal): Promise<void>;
}

/** A clock that stands still until told to move: for tests and for simulation. */
export class VirtualClock implements Clock {
  #now: number;
  #waiting: {time: number; wake: () => void}[] = [];

  constructor(start: Millis) {
    this.#now = start;
  }

  now(): Millis {
    return millis(this.#now);
  }

  until(time: Millis, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (time <= this.#now) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const entry = {
        time,
        wake: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      const onAbort = () => {
        this.#waiting = this.#waiting.filter(other => other !== entry);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, {once: true});
      this.#waiting.push(entry);
    });
  }

  /** Moves to `time` and wakes, in order of their times, all who waited for a moment up to it. */
  advanceTo(time: Millis): void {
    if (time > this.#now) this.#now = time;
    const due = this.#waiting.filter(entry => entry.time <= this.#now);
    this.#waiting = this.#waiting.filter(entry => entry.time > this.#now);
    due.sort((a, b) => a.time - b.time);
    for (const entry of due) entry.wake();
  }
}
