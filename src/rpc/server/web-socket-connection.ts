import type {RawData, WebSocket} from "ws";
import type {Logger} from "#base";
import {answer} from "../dispatch/answer.ts";
import type {Caller} from "../dispatch/call.ts";
import type {RateLimit} from "../dispatch/rate-limit.ts";
import {Subscriptions} from "../dispatch/subscriptions.ts";
import type {Turn} from "../dispatch/turn.ts";
import {Connection} from "./connection.ts";
import type {RpcLimits} from "./limits.ts";
import {Outbox} from "./outbox.ts";

/** RFC 6455 §7.4.1: the server goes down. */
const GOING_AWAY = 1_001;

export interface ConnectionDependencies {
  readonly caller: Omit<Caller, "subscriptions" | "turn" | "rateLimit">;
  readonly rateLimit: RateLimit | undefined;
  readonly limits: RpcLimits;
  readonly logger: Logger;
  readonly nextSubscriptionId: () => string;
}

/**
 * One client. Messages are answered in the order they come in, but one that takes its time does not hold up the
 * next. While the client does not read, neither do we: what it sends stays in the socket.
 */
export class WebSocketConnection {
  readonly #socket: WebSocket;
  readonly #caller: Caller;
  readonly #logger: Logger;
  readonly #subscriptions: Subscriptions;
  readonly #connection = new Connection();
  readonly #outbox: Outbox;
  readonly #maxInFlight: number;
  readonly #turn: Turn;
  #isWaitingForTurn = false;
  readonly #unread: string[] = [];
  #inFlight = 0;
  #isClosing = false;
  #wasCutOff = false;
  /** Whether anything came from the client, or went to it, since the last look. */
  #isAlive = true;
  #lastBuffered = 0;

  constructor(socket: WebSocket, {caller, limits, ...dependencies}: ConnectionDependencies) {
    this.#socket = socket;
    this.#logger = dependencies.logger;
    this.#maxInFlight = limits.maxRequestsInFlight;
    this.#outbox = new Outbox(socket, {
      maxQueuedMessages: limits.maxQueuedMessages,
      maxRequestsInFlight: limits.maxRequestsInFlight,
      onRelief: () => this.#read(),
      onOverflow: () => this.#cutOff("does not read what it subscribed to"),
    });
    this.#subscriptions = new Subscriptions({
      limit: limits.maxSubscriptionsPerConnection,
      nextId: dependencies.nextSubscriptionId,
      notify: text => this.#outbox.notify(text),
      room: () => this.#outbox.room(),
    });
    const {turnOf} = caller.context;
    const turn = () => turnOf(this.#connection);
    const context = {...caller.context, connection: this.#connection, turn};
    this.#turn = turn();
    this.#caller = {
      ...caller,
      context,
      subscriptions: this.#subscriptions,
      turn: this.#turn,
      rateLimit: dependencies.rateLimit,
    };
    socket.on("message", data => this.#onMessage(data));
    socket.on("pong", () => {
      this.#isAlive = true;
    });
    socket.on("close", () => this.#release());
    socket.on("error", error => {
      this.#logger.log("debug", "rpc", "connection failed", {error});
    });
  }

  /** Whether we ended it, for the client's sake or ours. */
  get wasCutOff(): boolean {
    return this.#wasCutOff;
  }

  /** Called at intervals: a client that gave no sign since the last time is gone. */
  checkAlive(): void {
    const buffered = this.#socket.bufferedAmount;
    const isTaking = buffered < this.#lastBuffered;
    this.#lastBuffered = buffered;
    if (!this.#isAlive && !isTaking) {
      this.#cutOff("gives no sign of life");
      return;
    }
    this.#isAlive = false;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
  }

  /** Takes no more requests, and closes once those at hand are answered. */
  finish(): void {
    this.#isClosing = true;
    this.#unread.length = 0;
    this.#subscriptions.closeAll();
    this.#connection.close();
    this.#socket.resume();
    this.#closeIfDone();
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #onMessage(data: RawData): void {
    this.#isAlive = true;
    if (this.#isClosing) return;
    // Buffers, the default of `ws`: never an array or an ArrayBuffer.
    const text = (data as Buffer).toString("utf8");
    if (this.#unread.length > 0 || this.#isBusy()) {
      this.#unread.push(text);
      this.#socket.pause();
    } else if (this.#turn.isOver) {
      this.#unread.push(text);
      this.#socket.pause();
      this.#waitForTurn();
    } else {
      this.#answer(text);
    }
  }

  /** Goes on when other clients, and the node itself, have had their turns. */
  #waitForTurn(): void {
    if (this.#isWaitingForTurn) return;
    this.#isWaitingForTurn = true;
    void this.#turn.next().then(() => {
      this.#isWaitingForTurn = false;
      this.#read();
    });
  }

  #isBusy(): boolean {
    return this.#inFlight >= this.#maxInFlight || this.#outbox.isClogged;
  }

  #read(): void {
    while (!this.#isBusy()) {
      if (this.#unread.length > 0 && this.#turn.isOver) {
        this.#waitForTurn();
        return;
      }
      const text = this.#unread.shift();
      if (text === undefined) {
        if (this.#socket.isPaused) this.#socket.resume();
        break;
      }
      this.#answer(text);
    }
    this.#closeIfDone();
  }

  #answer(text: string): void {
    const pending = answer(text, this.#caller, reply => this.#outbox.reply(reply));
    if (pending === undefined) return;
    this.#inFlight++;
    void pending.finally(() => {
      this.#inFlight--;
      this.#read();
    });
  }

  /** Ends all that runs for the client. */
  #release(): void {
    this.#subscriptions.closeAll();
    this.#connection.close();
    this.#outbox.close();
  }

  #closeIfDone(): void {
    if (this.#isClosing && this.#inFlight === 0 && !this.#outbox.isClogged) {
      this.#socket.close(GOING_AWAY, "the node is shutting down");
    }
  }

  #cutOff(reason: string): void {
    this.#logger.log("debug", "rpc", `cut off a client that ${reason}`);
    this.#wasCutOff = true;
    this.#release();
    this.#socket.terminate();
  }
}
