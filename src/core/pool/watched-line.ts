import type {Result} from "#base";
import type {ApiFailure, Runtime} from "#runtime-api";

/**
 * Calls made under one watch, before other work has its turn. A watch is a thread that is started and ended, which costs as
 * much as several transactions of a foreign runtime; sixteen of them take a millisecond or two.
 */
const UNDER_ONE_WATCH = 16;

interface Waiting {
  readonly runtime: Runtime;
  run(): void;
  giveUp(failure: ApiFailure): void;
  fail(error: unknown): void;
}

/**
 * Questions to a runtime whose calls are watched over, since they need not end: they wait in line until what else has come is
 * in it too, and go many under one watch. One that is cut short ends its watch, and those behind it go under the next. A
 * runtime that nobody watches answers at once. As long as the pool's list of what is being validated.
 */
export class WatchedLine {
  readonly #yieldThread: () => Promise<void>;
  readonly #waiting: Waiting[] = [];
  #isWorking = false;

  constructor(yieldThread: () => Promise<void>) {
    this.#yieldThread = yieldThread;
  }

  ask<T>(
    runtime: Runtime,
    name: string,
    call: () => Result<T, ApiFailure>,
  ): Result<T, ApiFailure> | Promise<Result<T, ApiFailure>> {
    if (runtime.watched === undefined) return call();
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        runtime,
        run() {
          try {
            resolve(call());
          } catch (error) {
            reject(error);
          }
        },
        giveUp: failure => resolve({ok: false, error: failure}),
        fail: reject,
      });
      if (!this.#isWorking) void this.#work(name);
    });
  }

  async #work(name: string): Promise<void> {
    this.#isWorking = true;
    try {
      while (this.#waiting.length > 0) {
        await this.#yieldThread();
        this.#slice(name);
      }
    } finally {
      this.#isWorking = false;
    }
  }

  #slice(name: string): void {
    const {runtime} = this.#waiting[0]!;
    const other = this.#waiting.findIndex(one => one.runtime !== runtime);
    const most = other < 0 ? UNDER_ONE_WATCH : Math.min(other, UNDER_ONE_WATCH);
    const slice = this.#waiting.splice(0, most);
    let begun = 0;
    let watched: ReturnType<NonNullable<Runtime["watched"]>>;
    try {
      watched = runtime.watched!(name, () => {
        for (const one of slice) {
          begun++;
          one.run();
        }
      });
    } catch (error) {
      // Who was answered before hears nothing of it.
      for (const one of slice) one.fail(error);
      return;
    }
    if (watched.ok) return;
    // What was interrupted ran nothing more, not even what was to follow on it.
    slice[begun - 1]?.giveUp(watched.error);
    this.#waiting.unshift(...slice.slice(begun));
  }
}
