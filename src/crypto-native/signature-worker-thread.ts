import {Worker} from "node:worker_threads";
import {threadOfSource} from "#base";

export interface SignatureWorkerEvents {
  ready(): void;
  answered(answers: Uint8Array): void;
  /** The thread has ended, for whatever reason. Said once. */
  gone(reason: string): void;
}

/**
 * One worker thread. It keeps the process alive only while it has work: an idle pool must not hold up an exit,
 * and a process must not end under an unanswered question.
 */
export class SignatureWorkerThread {
  readonly #worker: Worker;
  #ending = false;
  /** Batches that are not answered yet. */
  #asked = 0;
  #idle: (() => void) | undefined;

  constructor(events: SignatureWorkerEvents) {
    this.#worker = new Worker(...workerEntry());
    let reason = "it ended by itself";
    this.#worker.on("message", (message: "ready" | Uint8Array) => {
      if (message === "ready") return events.ready();
      if (--this.#asked === 0) this.#idle?.();
      if (!this.#ending) events.answered(message);
    });
    this.#worker.on("error", error => {
      reason = error.message;
    });
    this.#worker.on("exit", () => {
      this.#idle?.();
      events.gone(reason);
    });
  }

  ask(packed: Uint8Array<ArrayBuffer>): void {
    this.#asked++;
    this.#worker.postMessage(packed, [packed.buffer]);
  }

  holdProcess(hold: boolean): void {
    // Whoever waits for the end must see it: a late message of the thread does not let the process go before.
    if (this.#ending) return;
    if (hold) this.#worker.ref();
    else this.#worker.unref();
  }

  /**
   * Ends the thread once it has answered, which nobody hears any more: it may be loading the addon of ECDSA, and would then
   * take the process with it.
   */
  async terminate(): Promise<void> {
    this.#ending = true;
    if (this.#asked > 0) {
      this.#worker.ref();
      await new Promise<void>(resolve => {
        this.#idle = resolve;
      });
    }
    await this.#worker.terminate();
  }
}

/** Beside the bundle lies the worker's own. */
function workerEntry(): ConstructorParameters<typeof Worker> {
  const [file, options] = import.meta.url.endsWith(".ts")
    ? threadOfSource(new URL("./signature-worker.ts", import.meta.url))
    : [new URL("./signature-worker.js", import.meta.url), {}];
  return [file, {...options, name: "signatures"}];
}
