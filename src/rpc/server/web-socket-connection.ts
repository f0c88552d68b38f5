import type {Duplex} from "node:stream";
import type {RawData, WebSocket} from "ws";
import type {Logger} from "#base";
import type {Holding} from "../budgets/index.ts";
import type {Turn} from "../budgets/turn.ts";
import {Connection} from "../context/connection.ts";
import {answer} from "../dispatch/answer.ts";
import type {Caller} from "../dispatch/call.ts";
import type {RateLimit} from "../dispatch/rate-limit.ts";
import {Subscriptions} from "../dispatch/subscriptions.ts";
import {errorReply} from "../json-rpc/reply.ts";
import {NO_ID} from "../json-rpc/request.ts";
import {type RpcError, requestTooBig, SERVER_BUSY} from "../json-rpc/rpc-error.ts";
import type {Arrivals} from "./arrivals.ts";
import {interceptFrames} from "./intercept-frames.ts";
import type {RpcLimits} from "./limits.ts";
import {MessageIntake} from "./message-intake.ts";
import {Outbox} from "./outbox.ts";
import type {Activity} from "./places.ts";

/** RFC 6455 §7.4.1: the server goes down. */
const GOING_AWAY = 1_001;

/** RFC 6455's registry: another place may be free, or this one later. */
const TRY_AGAIN_LATER = 1_013;

/** Bytes of requests of one connection being worked on; more wait unread, but a single one may be longer. */
const MOST_BYTES_IN_FLIGHT = 262_144;

/** A request whose turn has not come. */
interface Unread {
  readonly bytes: Buffer;
  readonly held: Holding;
}

export interface ConnectionDependencies {
  /** Under the WebSocket. */
  readonly transport: Duplex;
  readonly arrivals: Arrivals;
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
  readonly #subscriptionsHeld: Holding;
  readonly #connection: Connection;
  readonly #intake: MessageIntake;
  readonly #outbox: Outbox;
  readonly #maxInFlight: number;
  readonly #turn: Turn;
  #isWaitingForTurn = false;
  readonly #unread: Unread[] = [];
  #inFlight = 0;
  #bytesInFlight = 0;
  #lastActive: number;
  #isClosing = false;
  #wasCutOff = false;
  /** Whether anything came from the client, or went to it, since the last look. */
  #isAlive = true;
  #lastBuffered = 0;

  constructor(socket: WebSocket, {caller, limits, ...dependencies}: ConnectionDependencies) {
    this.#socket = socket;
    this.#logger = dependencies.logger;
    this.#maxInFlight = limits.maxRequestsInFlight;
    this.#lastActive = caller.clock.now();
    this.#outbox = new Outbox(socket, {
      transport: dependencies.transport,
      budget: caller.budgets.answers,
      maxQueuedMessages: limits.maxQueuedMessages,
      maxRequestsInFlight: limits.maxRequestsInFlight,
      onRelief: () => this.#read(),
      onOverflow: () => this.#cutOff("does not read what it asked for"),
    });
    this.#intake = new MessageIntake({
      maxBytes: limits.maxRequestBytes,
      budget: caller.budgets.requests,
      arrivals: dependencies.arrivals,
      forward: interceptFrames(socket, dependencies.transport, chunk => this.#take(chunk)),
      onRefused: why =>
        this.#refuse(why === "busy" ? SERVER_BUSY : requestTooBig(limits.maxRequestBytes)),
      onTooSlow: () => this.#cutOff("sends a message that does not come to an end"),
      isHeldUp: () => socket.isPaused,
    });
    const room = () => this.#outbox.room();
    this.#connection = new Connection(caller.budgets, room);
    this.#subscriptionsHeld = caller.budgets.subscriptions.open();
    this.#subscriptions = new Subscriptions({
      limit: limits.maxSubscriptionsPerConnection,
      nextId: dependencies.nextSubscriptionId,
      share: this.#subscriptionsHeld,
      notify: text => this.#outbox.notify(text),
      room,
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
      this.#intake.close();
      this.#logger.log("debug", "rpc", "connection failed", {error});
    });
  }

  /** Whether we ended it, for the client's sake or ours. */
  get wasCutOff(): boolean {
    return this.#wasCutOff;
  }

  /** Who has asked for something, or listens to what it subscribed to, is no idler. */
  get activity(): Activity {
    const isActive = this.#inFlight > 0 || this.#unread.length > 0 || this.#subscriptions.size > 0;
    return {isActive, since: this.#lastActive};
  }

  /** Subscriptions that it has open, by the methods that it asked for them with. */
  get watching(): readonly string[] {
    return this.#subscriptions.names;
  }

  /** Somebody else has its place. */
  giveWay(): void {
    this.#wasCutOff = true;
    this.#release();
    this.#socket.close(TRY_AGAIN_LATER, "others need the place of a connection that is idle");
    this.#socket.terminate();
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
    this.#forgetUnread();
    this.#subscriptions.closeAll();
    this.#connection.close();
    this.#socket.resume();
    this.#closeIfDone();
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Tiny frames cost far more than their bytes: they are read in turns as well. */
  #take(chunk: Buffer): void {
    // Begins the turn.
    void this.#turn.isOver;
    this.#intake.take(chunk);
    if (!this.#turn.isOver || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.pause();
    this.#waitForTurn();
  }

  #onMessage(data: RawData): void {
    this.#isAlive = true;
    if (this.#isClosing) return;
    // Buffers, the default of `ws`: never an array or an ArrayBuffer.
    const bytes = data as Buffer;
    const held = this.#intake.takeHolding() ?? this.#hold(bytes.length);
    if (held === undefined) {
      this.#refuse(SERVER_BUSY);
      return;
    }
    const message = {bytes, held};
    if (this.#unread.length > 0 || this.#isBusy()) {
      this.#unread.push(message);
      this.#socket.pause();
    } else if (this.#turn.isOver) {
      this.#unread.push(message);
      this.#socket.pause();
      this.#waitForTurn();
    } else {
      this.#answer(message);
    }
  }

  /** Of a message that came in one piece. */
  #hold(length: number): Holding | undefined {
    const held = this.#caller.budgets.requests.open();
    return held.resize(length) ? held : undefined;
  }

  #refuse(error: RpcError): void {
    this.#isAlive = true;
    if (!this.#isClosing) this.#outbox.reply(errorReply(NO_ID, error));
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
    return (
      this.#inFlight >= this.#maxInFlight ||
      this.#bytesInFlight > MOST_BYTES_IN_FLIGHT ||
      this.#outbox.isClogged
    );
  }

  #read(): void {
    while (!this.#isBusy()) {
      if (this.#unread.length > 0 && this.#turn.isOver) {
        this.#waitForTurn();
        return;
      }
      const message = this.#unread.shift();
      if (message === undefined) {
        if (this.#socket.isPaused) this.#socket.resume();
        break;
      }
      this.#answer(message);
    }
    this.#closeIfDone();
  }

  #answer({bytes, held}: Unread): void {
    const {clock} = this.#caller;
    this.#lastActive = clock.now();
    const {amount} = held;
    const pending = answer(bytes, this.#caller, reply => this.#outbox.reply(reply));
    if (pending === undefined) {
      held.release();
      return;
    }
    this.#inFlight++;
    this.#bytesInFlight += amount;
    void pending.finally(() => {
      held.release();
      this.#inFlight--;
      this.#bytesInFlight -= amount;
      this.#lastActive = clock.now();
      this.#read();
    });
  }

  #forgetUnread(): void {
    for (const {held} of this.#unread.splice(0)) held.release();
  }

  /** Ends all that runs for the client. */
  #release(): void {
    this.#subscriptions.closeAll();
    this.#subscriptionsHeld.release();
    this.#connection.close();
    this.#outbox.close();
    this.#intake.close();
    this.#forgetUnread();
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
