interface Happening {
  readonly time: number;
  readonly happen: () => void;
}

/** A virtual clock: what is to happen happens in order of time, and at one time in the order it was asked for. */
export class EventLoop {
  now: number;
  #queue: Happening[] = [];

  constructor(start: number) {
    this.now = start;
  }

  at(time: number, happen: () => void): void {
    // From behind: most of what is asked for lies behind all that waits.
    let i = this.#queue.length;
    while (i > 0 && this.#queue[i - 1]!.time > time) i--;
    this.#queue.splice(i, 0, {time, happen});
  }

  runUntil(time: number): void {
    for (;;) {
      const next = this.#queue[0];
      if (next === undefined || next.time > time) break;
      this.#queue.shift();
      this.now = Math.max(this.now, next.time);
      next.happen();
    }
    this.now = Math.max(this.now, time);
  }
}
