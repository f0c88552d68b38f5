import {signal} from "@preact/signals";
import {Pulse} from "./pulse.ts";
import {RpcFailure} from "./rpc-failure.ts";

export interface Subscription {
  readonly method: string;
  readonly unsubscribe: string;
  readonly params?: readonly unknown[];
  /** Asking again would do something again: it ends with the connection, as a call does. */
  readonly isOnce?: boolean;
}

export type Connection = "connecting" | "open" | "lost" | "paused";

interface Call {
  readonly message: {readonly method: string; readonly params: readonly unknown[]};
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: RpcFailure) => void;
}

interface Open {
  readonly subscription: Subscription;
  readonly onItem: (item: unknown) => void;
  readonly onFailure: (reason: RpcFailure) => void;
  id: string | undefined;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

/**
 * The page's one connection. It comes back by itself, with all subscriptions that are still wanted; calls that were
 * under way when it broke fail, since nobody knows whether they were heard. While the tab is hidden it is given up.
 */
export class RpcSocket {
  readonly connection = signal<Connection>("connecting");
  /** When anything was last heard of the node, by this machine's clock; undefined: never. */
  heardAt: number | undefined;
  readonly pulse = new Pulse({
    ask: onAnswer => this.#ask("system_name", [], onAnswer),
    onDeath: () => this.#abandon(),
  });
  readonly #url: string;
  readonly #calls = new Map<number, Call>();
  readonly #waiting: Call[] = [];
  readonly #open = new Set<Open>();
  readonly #byId = new Map<string, Open>();
  #socket: WebSocket | undefined;
  #nextId = 1;
  #wait = FIRST_WAIT;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string) {
    this.#url = url;
    this.#connect();
  }

  call<T>(method: string, params: readonly unknown[] = []): Promise<T> {
    return new Promise<unknown>((resolve, reject) => {
      const call: Call = {message: {method, params}, resolve, reject};
      if (this.connection.peek() === "open") this.#send(call);
      else this.#waiting.push(call);
    }) as Promise<T>;
  }

  /** Until the answered function is called. A refusal ends it; a lost connection only what is asked for once. */
  subscribe<T>(
    subscription: Subscription,
    onItem: (item: T) => void,
    onFailure: (reason: RpcFailure) => void = () => undefined,
  ): () => void {
    const open: Open = {
      subscription,
      onItem: onItem as (item: unknown) => void,
      onFailure,
      id: undefined,
    };
    this.#open.add(open);
    if (this.connection.peek() === "open") this.#begin(open);
    return () => {
      this.#open.delete(open);
      if (open.id !== undefined) this.#end(open, open.id);
    };
  }

  pause(): void {
    clearTimeout(this.#timer);
    this.connection.value = "paused";
    this.#abandon();
  }

  resume(): void {
    if (this.connection.peek() === "paused") this.#connect();
  }

  /** At once, not when the other side has closed too: by then there may be a new connection, or there is no other side. */
  #abandon(): void {
    const socket = this.#socket;
    this.#lost();
    socket?.close();
  }

  #connect(): void {
    if (this.connection.peek() !== "lost") this.connection.value = "connecting";
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.pulse.start();
      this.connection.value = "open";
      for (const open of this.#open) this.#begin(open);
      for (const call of this.#waiting.splice(0)) this.#send(call);
    };
    socket.onmessage = ({data}) => {
      this.heardAt = Date.now();
      this.pulse.heard();
      this.#receive(JSON.parse(String(data)));
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#lost();
    };
  }

  #lost(): void {
    this.#socket = undefined;
    this.pulse.stop();
    const ended = [...this.#byId.values()].filter(({subscription}) => subscription.isOnce);
    this.#byId.clear();
    for (const open of this.#open) open.id = undefined;
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    if (this.connection.peek() !== "paused") {
      this.connection.value = "lost";
      this.#timer = setTimeout(() => this.#connect(), this.#wait);
      this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
    }
    // Who asks again when told so has to find the connection lost.
    const broken = new RpcFailure("the connection to the node broke");
    for (const {reject} of calls) reject(broken);
    for (const open of ended) this.#fail(open, broken);
  }

  #send(call: Call): void {
    const id = this.#nextId++;
    this.#calls.set(id, call);
    this.#socket?.send(JSON.stringify({jsonrpc: "2.0", id, ...call.message}));
  }

  #begin(open: Open): void {
    const {method, params = []} = open.subscription;
    // Noted while the answer is handled, not a turn later: the first item may be right behind it.
    const resolve = (result: unknown) => {
      const id = String(result);
      if (!this.#open.has(open)) return this.#end(open, id);
      open.id = id;
      this.#byId.set(id, open);
    };
    const reject = (reason: RpcFailure) => {
      if (!reason.isBreak || open.subscription.isOnce) this.#fail(open, reason);
    };
    this.#send({message: {method, params}, resolve, reject});
  }

  #fail(open: Open, reason: RpcFailure): void {
    if (this.#open.delete(open)) open.onFailure(reason);
  }

  #end({subscription}: Open, id: string): void {
    this.#byId.delete(id);
    if (this.connection.peek() !== "open") return;
    this.#ask(subscription.unsubscribe, [id]);
  }

  /** Whatever the answer is. */
  #ask(method: string, params: readonly unknown[], onAnswer: () => void = () => undefined): void {
    this.#send({message: {method, params}, resolve: onAnswer, reject: onAnswer});
  }

  #receive(message: {
    id?: number;
    result?: unknown;
    error?: {code: number; message: string; data?: unknown};
    params?: {subscription: string; result: unknown};
  }): void {
    if (message.params !== undefined) {
      this.#byId.get(message.params.subscription)?.onItem(message.params.result);
      return;
    }
    const call = this.#calls.get(message.id ?? 0);
    this.#calls.delete(message.id ?? 0);
    if (message.error === undefined) call?.resolve(message.result);
    else call?.reject(new RpcFailure(message.error.message, message.error));
  }
}
