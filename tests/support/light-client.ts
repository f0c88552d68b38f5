import assert from "node:assert/strict";
import {type Chain, start} from "smoldot";
import {runKhala} from "./khala-process.ts";

type Json = unknown;

/** What an unmodified smoldot says of a chain, by its legacy JSON-RPC. */
export class LightClient {
  readonly #client = start({
    maxLogLevel: 4,
    logCallback: (_, target, message) => this.log.push(`${target} ${message}`),
  });
  /** Everything that it logged. */
  readonly log: string[] = [];
  readonly #waiting = new Map<number, (answer: {result?: Json; error?: Json}) => void>();
  readonly #subscriptions = new Map<string, (item: Json) => void>();
  /** Items that came before whoever asked for them knew their name. */
  readonly #early = new Map<string, Json[]>();
  #chain: Chain | undefined;
  #nextId = 1;
  #ended = Promise.resolve();

  /** Gives it a raw chain spec with these bootnodes. */
  static async over(spec: string, bootNodes: readonly string[]): Promise<LightClient> {
    const light = new LightClient();
    const chainSpec = JSON.stringify({...(JSON.parse(spec) as object), bootNodes});
    light.#chain = await light.#client.addChain({chainSpec});
    light.#ended = light.#read();
    return light;
  }

  call<T = Json>(method: string, ...params: Json[]): Promise<T> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({result, error}) =>
        error === undefined ? resolve(result as T) : reject(new Error(JSON.stringify(error))),
      );
      this.#chain!.sendJsonRpc(JSON.stringify({jsonrpc: "2.0", id, method, params}));
    });
  }

  async subscribe(method: string, params: Json[], onItem: (item: never) => void): Promise<void> {
    const name = await this.call<string>(method, ...params);
    const listener = onItem as (item: Json) => void;
    this.#subscriptions.set(name, listener);
    for (const item of this.#early.get(name) ?? []) listener(item);
  }

  async close(): Promise<void> {
    await this.#client.terminate();
    await this.#ended;
  }

  async #read(): Promise<void> {
    for (;;) {
      let text: string;
      try {
        text = await this.#chain!.nextJsonRpcResponse();
      } catch {
        // Terminated.
        return;
      }
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
}

/** The raw chain spec that `khala build-spec` prints for these flags. */
export async function rawSpec(chain: readonly string[]): Promise<string> {
  const {code, stdout, stderr} = await runKhala(["build-spec", ...chain, "--raw"]);
  assert.equal(code, 0, stderr);
  return stdout;
}
