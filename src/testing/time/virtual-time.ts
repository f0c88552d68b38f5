import {type Millis, millis, VirtualClock} from "#base";

/**
 * Moves a clock that stands still, from one moment that somebody waits for to the next. Between two moments all that
 * is under way comes to rest: nothing in a node of the kit waits for the machine, so when a turn of the event loop
 * begins, every promise that could go on has gone on. Hence a run is the same each time.
 */
export class VirtualTime {
  readonly clock: VirtualClock;
  readonly #start: Millis;

  constructor(start: Millis) {
    this.#start = start;
    this.clock = new VirtualClock(start);
  }

  /** Milliseconds since the start. */
  get elapsed(): number {
    return this.clock.now() - this.#start;
  }

  settle(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve));
  }

  async pass(span: number): Promise<void> {
    await this.passUntil(() => false, span);
  }

  /** Lets at most `limit` milliseconds pass; whether it came about. Asked after each moment. */
  async passUntil(holds: () => boolean, limit: number): Promise<boolean> {
    const end = this.clock.now() + limit;
    await this.settle();
    for (;;) {
      if (holds()) return true;
      const next = this.clock.next();
      if (next === undefined || next > end) break;
      this.clock.advanceTo(next);
      await this.settle();
    }
    this.clock.advanceTo(millis(end));
    await this.settle();
    return holds();
  }

  /** Lets time pass as long as the work takes, none if it needs none. */
  async during<T>(work: Promise<T>, limit: number): Promise<T> {
    let isDone = false;
    const done = () => {
      isDone = true;
    };
    work.then(done, done);
    if (await this.passUntil(() => isDone, limit)) return work;
    throw new Error(`not done within ${limit} virtual milliseconds`);
  }
}
