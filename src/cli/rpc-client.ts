import {WebSocket} from "ws";

interface ErrorJson {
  readonly code?: number;
  readonly message: string;
  readonly data?: unknown;
}

interface Message {
  readonly id?: number | null;
  readonly result?: unknown;
  readonly error?: ErrorJson;
  readonly params?: {readonly subscription: string; readonly result: unknown};
}

/** A question to a node: a method, and its parameters. */
export type Ask = (method: string, ...params: readonly unknown[]) => Promise<unknown>;

/** A node that takes no connection within this is not there. */
const CONNECT_DEADLINE = 10_000;

/** What a node answered instead of a result. */
export class RpcFailure extends Error {
  readonly code: number | undefined;
  readonly data: unknown;

  constructor(method: string, {code, message, data}: ErrorJson) {
    super(`${method}: ${message}${typeof data === "string" ? ` (${data})` : ""}`);
    this.code = code;
    this.data = data;
  }
}

/** A client of one node, enough to watch it and to speak for its operator. */
export class RpcClient {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #subscriptions = new Map<string, (item: unknown) => void>();
  /** Items that came before the answer which names their subscription. */
  readonly #early: {readonly subscription: string; readonly result: unknown}[] = [];
  #id = 0;

  private constructor(socket: WebSocket, onGone: () => void) {
    this.#socket = socket;
    socket.on("message", data => this.#received(JSON.parse(String(data)) as Message));
    socket.on("close", () => {
      for (const answer of this.#waiting.values()) answer({error: {message: "disconnected"}});
      this.#waiting.clear();
      onGone();
    });
  }

  /** `url`: `ws://HOST:PORT`, or `ws+unix:PATH` for a socket of this machine. */
  static connect(url: string, onGone: () => void): Promise<RpcClient> {
    const socket = new WebSocket(url, {handshakeTimeout: CONNECT_DEADLINE});
    return new Promise((resolve, reject) => {
      socket.on("error", reject);
      socket.on("open", () => resolve(new RpcClient(socket, onGone)));
    });
  }

  async ask(method: string, params: readonly unknown[]): Promise<unknown> {
    const id = ++this.#id;
    const {error, result} = await new Promise<Message>(resolve => {
      if (this.#socket.readyState !== WebSocket.OPEN) {
        resolve({error: {message: "disconnected"}});
        return;
      }
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({jsonrpc: "2.0", id, method, params}));
    });
    if (error !== undefined) throw new RpcFailure(method, error);
    return result;
  }

  async subscribe(
    method: string,
    listener: (item: unknown) => void,
    params: readonly unknown[] = [],
  ): Promise<void> {
    const subscription = (await this.ask(method, params)) as string;
    this.#subscriptions.set(subscription, listener);
    for (const early of this.#early.splice(0)) this.#deliver(early);
  }

  close(): void {
    this.#socket.close();
  }

  #received({id, params, ...rest}: Message): void {
    if (params !== undefined) this.#deliver(params);
    const answered = id === null ? this.#onlyQuestion() : id;
    if (answered === undefined) return;
    this.#waiting.get(answered)?.(rest);
    this.#waiting.delete(answered);
  }

  /** A node that could not read a question, as one that is too long, cannot say which: of one it is that one. */
  #onlyQuestion(): number | undefined {
    const [only, ...others] = this.#waiting.keys();
    return others.length === 0 ? only : undefined;
  }

  #deliver(item: {readonly subscription: string; readonly result: unknown}): void {
    const listener = this.#subscriptions.get(item.subscription);
    if (listener === undefined) this.#early.push(item);
    else listener(item.result);
  }
}

/** One question over a connection of its own. */
export async function askOnce(
  url: string,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  const client = await RpcClient.connect(url, () => {});
  try {
    return await client.ask(method, params);
  } finally {
    client.close();
  }
}
