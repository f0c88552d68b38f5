import assert from "node:assert/strict";
import {Worker} from "node:worker_threads";
import {runKhala} from "./khala-process.ts";

type Json = unknown;

/** What its thread tells. */
interface FromWorker {
  readonly log?: string;
  readonly ready?: true;
  readonly answer?: string;
  readonly failure?: string;
}

/** What an unmodified smoldot says of a chain, by its legacy JSON-RPC. */
export class LightClient {
  readonly #worker: Worker;
  /** Everything that it logged. */
  readonly log: string[] = [];
  readonly #waiting = new Map<number, (answer: {result?: Json; error?: Json}) => void>();
  readonly #subscriptions = new Map<string, (item: Json) => void>();
  /** Items that came before whoever asked for them knew their name. */
  readonly #early = new Map<string, Json[]>();
  #nextId = 1;

  private constructor(chainSpec: string) {
    this.#worker = new Worker(new URL("./smoldot-worker.js", import.meta.url), {
      workerData: {chainSpec},
    });
  }

  /** Gives it a raw chain spec with these bootnodes. */
  static async over(spec: string, bootNodes: readonly string[]): Promise<LightClient> {
    const light = new LightClient(JSON.stringify({...(JSON.parse(spec) as object), bootNodes}));
    await new Promise<void>((resolve, reject) => {
      light.#worker.on("error", reject);
      light.#worker.on("message", ({log, ready, answer, failure}: FromWorker) => {
        if (log !== undefined) light.log.push(log);
        if (answer !== undefined) light.#receive(answer);
        if (ready) resolve();
        if (failure !== undefined) reject(new Error(failure));
      });
    });
    return light;
  }

  call<T = Json>(method: string, ...params: Json[]): Promise<T> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({result, error}) =>
        error === undefined ? resolve(result as T) : reject(new Error(JSON.stringify(error))),
      );
      this.#worker.postMessage(JSON.stringify({jsonrpc: "2.0", id, method, params}));
    });
  }

  async subscribe(method: string, params: Json[], onItem: (item: never) => void): Promise<void> {
    const name = await this.call<string>(method, ...params);
    const listener = onItem as (item: Json) => void;
    this.#subscriptions.set(name, listener);
    for (const item of this.#early.get(name) ?? []) listener(item);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as {
      id?: number;
      result?: Json;
      error?: Json;
      params?: {subscription: string; result: Json};
    };
    if (message.id !== undefined) {
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    } else if (message.params !== undefined) {
      const {subscription, result} = message.params;
      const listener = this.#subscriptions.get(subscription);
      if (listener !== undefined) listener(result);
      else this.#early.set(subscription, [...(this.#early.get(subscription) ?? []), result]);
    }
  }
}

/** The raw chain spec that `khala build-spec` prints for these flags. */
export async function rawSpec(chain: readonly string[]): Promise<string> {
  const {code, stdout, stderr} = await runKhala(["build-spec", ...chain, "--raw"]);
  assert.equal(code, 0, stderr);
  return stdout;
}
