import {type Millis, millis} from "./units.ts";

/**
 * Where time comes from. Nothing below the shell reads a clock by itself.
 *
 * There are two. The wall clock says date and time of day, by which slots go; a person or NTP may set it at any moment.
 * A steady clock is never set: whatever waits, has a deadline or keeps a pace goes by that one.
 */
export interface Clock {
  /** Unix time in milliseconds; of a steady clock something near it. */
  now(): Millis;
  /** Resolves at `time` (at once when it has passed), or rejects with the signal's reason. */
  until(time: Millis, signal?: AbortSignal): Promise<void>;
}

interface Waiting {
  readonly time: number;
  /** Those who wait for the same moment wake in the order in which they came. */
  readonly order: number;
  /** Undefined once given up; the entry then stays until its time, which is cheaper than to look for it. */
  wake: (() => void) | undefined;
}

/** A clock that stands still until told to move: for tests and for simulation. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  /** A binary heap, the earliest in front: a simulation has tens of thousands waiting. */
  readonly #waiting: Waiting[] = [];

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
      const entry: Waiting = {
        time,
        order: this.#order++,
        wake: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      const onAbort = () => {
        entry.wake = undefined;
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, {once: true});
      this.#push(entry);
    });
  }

  /** Moves to `time` and wakes, in order of their times, all who waited for a moment up to it. */
  advanceTo(time: Millis): void {
    if (time > this.#now) this.#now = time;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (first.time > this.#now) return;
      this.#removeFirst();
      first.wake?.();
    }
  }

  /** The earliest moment that somebody waits for. */
  next(): Millis | undefined {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (first.wake !== undefined) return millis(first.time);
      this.#removeFirst();
    }
    return undefined;
  }

  #push(entry: Waiting): void {
    const heap = this.#waiting;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  #removeFirst(): void {
    const heap = this.#waiting;
    const moved = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (let child = 1; child < heap.length; child = 2 * index + 1) {
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, heap[child]!)) child++;
      if (!isBefore(heap[child]!, moved)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = moved;
  }
}

function isBefore(a: Waiting, b: Waiting): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
