import {once} from "node:events";
import {WebSocket} from "ws";
import type {RpcError} from "../json-rpc/rpc-error.ts";

interface Message {
  readonly id?: number | string | null;
  readonly result?: unknown;
  readonly error?: RpcError;
  readonly params?: {readonly subscription: string; readonly result: unknown};
}

/** A client that keeps all that comes, and fails on what it did not ask for. */
export class RpcClient {
  readonly socket: WebSocket;
  /** Everything in the order it came. */
  readonly received: unknown[] = [];
  #taken = 0;
  #nextId = 0;
  #wake: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", data => {
      this.received.push(JSON.parse(String(data)));
      this.#wake();
    });
    socket.on("error", () => this.#wake());
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<RpcClient> {
    const socket = new WebSocket(url, {headers, perMessageDeflate: false});
    await once(socket, "open");
    return new RpcClient(socket);
  }

  send(message: unknown): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** The next message that was not taken yet. */
  async next(): Promise<unknown> {
    while (this.received.length <= this.#taken) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    return this.received[this.#taken++];
  }

  /** A call whose reply is the next message. */
  async reply(method: string, ...params: readonly unknown[]): Promise<Message> {
    const id = this.#nextId++;
    this.send({jsonrpc: "2.0", id, method, params});
    const message = (await this.next()) as Message;
    if (message.id !== id) throw new Error(`not the reply to ${id}: ${JSON.stringify(message)}`);
    return message;
  }

  async call<T = unknown>(method: string, ...params: readonly unknown[]): Promise<T> {
    const {result, error} = await this.reply(method, ...params);
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result as T;
  }

  /** The error of a call that has to fail. */
  async fail(method: string, ...params: readonly unknown[]): Promise<RpcError> {
    const {result, error} = await this.reply(method, ...params);
    if (error === undefined) throw new Error(`${method} answered ${JSON.stringify(result)}`);
    return error;
  }

  /** The item of the next message, which is a notification of this subscription. */
  async item<T = unknown>(subscription: string): Promise<T> {
    const {params} = (await this.next()) as Message;
    if (params?.subscription !== subscription) throw new Error(`nothing for ${subscription}`);
    return params.result as T;
  }

  terminate(): void {
    this.socket.terminate();
  }
}
