import {type Clock, type Millis, millis} from "#base";

/** A span of time and a caller's signal as one signal: ended by whichever comes first. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #onCallerAbort = () => this.#end("aborted");
  /** What ended it; undefined while it runs. */
  outcome: "timeout" | "aborted" | undefined;

  constructor(clock: Clock, span: Millis, caller?: AbortSignal) {
    this.#caller = caller;
    if (caller?.aborted) {
      this.#end("aborted");
      return;
    }
    caller?.addEventListener("abort", this.#onCallerAbort, {once: true});
    clock.until(millis(clock.now() + span), this.signal).then(
      () => this.#end("timeout"),
      () => {},
    );
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  #end(outcome: "timeout" | "aborted"): void {
    this.outcome ??= outcome;
    this.cancel();
  }

  /** Lets go of the timer. Whoever made it calls this at the end, whatever the end was. */
  cancel(): void {
    this.#caller?.removeEventListener("abort", this.#onCallerAbort);
    this.#controller.abort();
  }
}
