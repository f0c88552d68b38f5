import {once} from "node:events";
import {WebSocket} from "ws";

export interface Reply<T = unknown> {
  readonly id?: number | string | null;
  readonly result?: T;
  readonly error?: {readonly code: number; readonly message: string; readonly data?: unknown};
}

interface Notification {
  readonly method: string;
  readonly params: {readonly subscription: string; readonly result: unknown};
}

/** What came for one subscription, in order. */
export class Items<T> {
  readonly all: T[] = [];
  #onItem: (() => void)[] = [];

  push(item: T): void {
    this.all.push(item);
    for (const wake of this.#onItem.splice(0)) wake();
  }

  /** The first item that fits, of those that have come or will; fails after a while. */
  async find<U extends T>(what: string, fits: (item: T) => item is U): Promise<U>;
  async find(what: string, fits: (item: T) => boolean): Promise<T>;
  async find(what: string, fits: (item: T) => boolean): Promise<T> {
    const deadline = AbortSignal.timeout(120_000);
    for (let seen = 0; ; ) {
      for (; seen < this.all.length; seen++) if (fits(this.all[seen]!)) return this.all[seen]!;
      await new Promise<void>((resolve, reject) => {
        this.#onItem.push(resolve);
        deadline.onabort = () =>
          reject(new Error(`did not come: ${what}, but ${JSON.stringify(this.all.slice(-20))}`));
        if (deadline.aborted) deadline.onabort(new Event("abort"));
      });
    }
  }

  /** So many items, in order. */
  async take(count: number): Promise<T[]> {
    await this.find(`${count} items`, () => this.all.length >= count);
    return this.all.slice(0, count);
  }
}

/** JSON-RPC over a WebSocket and nothing more: what clients leave out is seen here. */
export class RawClient {
  readonly socket: WebSocket;
  /** Every notification, whoever it was for. */
  readonly notifications: Notification[] = [];
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #items = new Map<string, Items<never>>();
  #batch: ((replies: Reply[]) => void) | undefined;
  #nextId = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", data => this.#receive(JSON.parse(String(data))));
  }

  static async open(url: string): Promise<RawClient> {
    const socket = new WebSocket(url, {perMessageDeflate: false});
    await once(socket, "open");
    return new RawClient(socket);
  }

  /** The whole reply, result or error. */
  reply<T = unknown>(method: string, ...params: readonly unknown[]): Promise<Reply<T>> {
    const id = this.#nextId++;
    this.socket.send(JSON.stringify({jsonrpc: "2.0", id, method, params}));
    return new Promise(resolve => this.#waiting.set(id, resolve as (reply: Reply) => void));
  }

  async call<T = unknown>(method: string, ...params: readonly unknown[]): Promise<T> {
    const {result, error} = await this.reply<T>(method, ...params);
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result as T;
  }

  /** The error of a call that has to fail. */
  async fail(method: string, ...params: readonly unknown[]): Promise<NonNullable<Reply["error"]>> {
    const {result, error} = await this.reply(method, ...params);
    if (error === undefined) throw new Error(`${method} answered ${JSON.stringify(result)}`);
    return error;
  }

  async subscribe<T>(
    method: string,
    ...params: readonly unknown[]
  ): Promise<{id: string; items: Items<T>}> {
    const id = await this.call<string>(method, ...params);
    return {id, items: this.itemsOf(id)};
  }

  /** What came and comes for a subscription, also what came before anyone asked. */
  itemsOf<T>(id: string): Items<T> {
    const items = this.#items.get(id) ?? new Items<never>();
    this.#items.set(id, items);
    return items as unknown as Items<T>;
  }

  /** Requests in one message; their replies come in one too. */
  batch(requests: readonly unknown[]): Promise<Reply[]> {
    this.socket.send(JSON.stringify(requests));
    return new Promise(resolve => {
      this.#batch = resolve;
    });
  }

  async close(): Promise<void> {
    this.socket.close();
    await once(this.socket, "close");
  }

  #receive(message: Reply[] | (Reply & Partial<Notification>)): void {
    if (Array.isArray(message)) {
      this.#batch?.(message);
    } else if (message.params !== undefined) {
      this.notifications.push(message as Notification);
      const {subscription, result} = message.params;
      this.itemsOf<unknown>(subscription).push(result);
    } else {
      this.#waiting.get(message.id as number)?.(message);
      this.#waiting.delete(message.id as number);
    }
  }
}

/** The body of the answer to one HTTP POST. */
export async function post<T = Reply>(url: string, body: unknown): Promise<T> {
  const response = await fetch(url.replace("ws://", "http://"), {
    method: "POST",
    headers: {"content-type": "application/json"},
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}
