import {Worker} from "node:worker_threads";

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

/**
 * Beside the bundle lies the worker's own bundle. From source, the worker must first load what lets it read
 * TypeScript: on Node 20 tsx does not reach into threads by `--import`. Whoever bundles these files puts the bundle's place
 * where the source's is named.
 */
function workerEntry(): ConstructorParameters<typeof Worker> {
  const name = "signatures";
  if (!import.meta.url.endsWith(".ts")) {
    return [new URL("./signature-worker.js", import.meta.url), {name}];
  }
  const entry = new URL("./signature-worker.ts", import.meta.url);
  if (!entry.pathname.endsWith(".ts")) return [entry, {name, execArgv: []}];
  const source = JSON.stringify(entry.href);
  const loader = `import("tsx/esm/api").then(tsx => { tsx.register(); return import(${source}); });`;
  return [loader, {name, eval: true, execArgv: []}];
}
