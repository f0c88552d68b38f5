import {createServer, type IncomingMessage, type Server, STATUS_CODES} from "node:http";
import type {AddressInfo} from "node:net";
import type {Duplex} from "node:stream";
import {type WebSocket, WebSocketServer} from "ws";
import {type Clock, err, type Logger, millis, ok, RepeatedTrouble, type Result} from "#base";
import type {Hashing, RandomBytes} from "#crypto";
import {PROCESS_BUDGETS, type ProcessBudgets} from "../budgets/index.ts";
import type {Turn} from "../budgets/turn.ts";
import {createRpcContext} from "../context/rpc-context.ts";
import type {Caller} from "../dispatch/call.ts";
import {createMethodTable} from "../dispatch/method-table.ts";
import {NO_OBSERVER, type RpcObserver} from "../dispatch/observer.ts";
import type {RateLimit} from "../dispatch/rate-limit.ts";
import {methodsFor} from "../methods/index.ts";
import type {RpcQuestions} from "../questions/index.ts";
import {Arrivals, LOOK_INTERVAL} from "./arrivals.ts";
import {Gate, MOST_REFUSED, type Refusal} from "./gate.ts";
import {isLoopback} from "./host-policy.ts";
import {serveHttp} from "./http-endpoint.ts";
import {DEFAULT_LIMITS, type RpcLimits} from "./limits.ts";
import {type ListenFailure, listenFailureOf} from "./listen-failure.ts";
import {clearPlace, type SocketFailure, withOwnerOnly} from "./local-socket.ts";
import {type AllowedOrigins, DEFAULT_ORIGINS} from "./origin-policy.ts";
import type {Pages} from "./pages.ts";
import {type RateLimitOptions, RateLimits} from "./rate-limits.ts";
import {JSON_TYPE, refusalBody, refuse} from "./refusal-body.ts";
import {subscriptionId} from "./subscription-id.ts";
import {WebSocketConnection} from "./web-socket-connection.ts";

/** Unsafe methods: where only this machine can call (`auto`), nowhere, everywhere. */
export type MethodPolicy = "auto" | "safe" | "unsafe";

export interface RpcServerOptions {
  readonly methods?: MethodPolicy;
  readonly origins?: AllowedOrigins;
  readonly limits?: Partial<RpcLimits>;
  readonly rateLimit?: RateLimitOptions;
}

export interface RpcServerDependencies {
  readonly answers: RpcQuestions;
  readonly hashing: Hashing;
  readonly randomBytes: RandomBytes;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observer?: RpcObserver;
  /** Shown by GET beside JSON-RPC. */
  readonly pages?: Pages;
  /** What clients share; that of the process if not said. */
  readonly budgets?: ProcessBudgets;
}

export interface RpcAddress {
  readonly host: string;
  readonly port: number;
}

/** A client by WebSocket. */
export interface RpcClient {
  /** By which it is the same client at another look. */
  readonly id: object;
  /** Subscriptions that it has open, by the methods that it asked for them with. */
  readonly watching: readonly string[];
}

/** Of a caller what all clients share. */
type SharedCaller = Omit<Caller, "subscriptions" | "turn" | "rateLimit">;

const DEFAULT_HOST = "127.0.0.1";

/** Substrate's interval; clients give up a socket that is silent for 40 s. */
const PING_INTERVAL = 30_000;

/** Until the head of a request is there. */
const FIRST_WORDS = 10_000;

/** What `close` grants to calls under way and to clients that should say goodbye. */
const CLOSE_DEADLINE = 5_000;

/** The server: `listen`, once; then `close`. */
export class RpcServer {
  readonly #options: RpcServerOptions;
  readonly #limits: RpcLimits;
  readonly #dependencies: RpcServerDependencies;
  readonly #http: Server;
  readonly #webSockets: WebSocketServer;
  readonly #connections = new Set<WebSocketConnection>();
  readonly #budgets: ProcessBudgets;
  readonly #arrivals: Arrivals;
  readonly #rateLimits: RateLimits | undefined;
  readonly #stopping = new AbortController();

  constructor(options: RpcServerOptions, dependencies: RpcServerDependencies) {
    this.#options = options;
    this.#limits = {...DEFAULT_LIMITS, ...options.limits};
    this.#dependencies = dependencies;
    this.#budgets = dependencies.budgets ?? PROCESS_BUDGETS;
    this.#arrivals = new Arrivals(dependencies.clock);
    this.#rateLimits = options.rateLimit && new RateLimits(options.rateLimit);
    this.#http = createServer({connectionsCheckingInterval: FIRST_WORDS / 2});
    // Whoever connects and says nothing takes a place that others would like.
    this.#http.headersTimeout = FIRST_WORDS;
    // Never reached: the gate has its own count, and chooses who goes.
    this.#http.maxConnections = this.#limits.maxConnections + 2 * MOST_REFUSED;
    this.#http.on("clientError", answerNoRequest);
    this.#webSockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      // Longer ones do not get as far as this (`MessageIntake`).
      maxPayload: this.#limits.maxRequestBytes,
    });
  }

  /** Clients by WebSocket. */
  get connections(): number {
    return this.#connections.size;
  }

  clients(): readonly RpcClient[] {
    return [...this.#connections].map(id => ({id, watching: id.watching}));
  }

  /** Port 0 takes a free one; the answer has the port that it became. */
  async listen({
    host = DEFAULT_HOST,
    port,
  }: {
    host?: string;
    port: number;
  }): Promise<Result<RpcAddress, ListenFailure>> {
    const isLocal = isLoopback(host);
    const {methods = "auto"} = this.#options;
    this.#serve({
      checksHost: isLocal,
      unsafeAllowed: methods === "unsafe" || (methods === "auto" && isLocal),
    });
    const failure = await this.#open(() => this.#http.listen({host, port}));
    if (failure !== undefined) return err(listenFailureOf(failure, host, port));
    return ok({host, port: (this.#http.address() as AddressInfo).port});
  }

  /**
   * Listens at a file of this machine, for its owner only. Who may open it may do anything with the node, so unsafe
   * methods are allowed whatever the policy. A socket left there by a node that was killed is replaced.
   */
  async listenAt(path: string): Promise<Result<void, SocketFailure>> {
    const place = await clearPlace(path);
    if (!place.ok) return place;
    this.#serve({checksHost: false, unsafeAllowed: true});
    const failure = await this.#open(() => withOwnerOnly(() => this.#http.listen({path})));
    if (failure === undefined) return ok();
    return err({code: "socket-refused", path, reason: failure.code ?? failure.message});
  }

  /** Undefined when it listens. */
  async #open(listen: () => void): Promise<NodeJS.ErrnoException | undefined> {
    const failure = await new Promise<NodeJS.ErrnoException | undefined>(resolve => {
      this.#http.once("error", resolve);
      this.#http.once("listening", () => resolve(undefined));
      listen();
    });
    if (failure !== undefined) return failure;
    const {logger, clock} = this.#dependencies;
    const trouble = new RepeatedTrouble(clock, (error, times) => {
      logger.log("error", "rpc", "a connection could not be taken", {error, times});
    });
    this.#http.on("error", error => trouble.note(error));
    void this.#every(PING_INTERVAL, () => {
      for (const connection of this.#connections) connection.checkAlive();
    });
    void this.#every(LOOK_INTERVAL, () => this.#arrivals.look());
    return undefined;
  }

  /** Takes nothing new, answers what is under way, and is done within a few seconds whatever clients do. */
  async close(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    if (!this.#http.listening) return;
    const closed = new Promise<void>(resolve => this.#http.close(() => resolve()));
    this.#http.closeIdleConnections();
    for (const connection of this.#connections) connection.finish();
    const {clock} = this.#dependencies;
    const inTime = new AbortController();
    const deadline = clock.until(millis(clock.now() + CLOSE_DEADLINE), inTime.signal).then(
      () => {
        for (const connection of this.#connections) connection.terminate();
        this.#http.closeAllConnections();
      },
      () => undefined,
    );
    await closed;
    inTime.abort();
    await deadline;
  }

  #serve({checksHost, unsafeAllowed}: {checksHost: boolean; unsafeAllowed: boolean}): void {
    const {answers, hashing, logger, clock, pages, observer = NO_OBSERVER} = this.#dependencies;
    const {origins = DEFAULT_ORIGINS} = this.#options;
    const context = createRpcContext(answers, {
      hashing,
      clock,
      signal: this.#stopping.signal,
      logger,
      unsafeAllowed,
      maxResponseBytes: this.#limits.maxResponseBytes,
      budgets: this.#budgets,
    });
    const caller: SharedCaller = {
      table: createMethodTable(methodsFor(answers)),
      context,
      budgets: this.#budgets,
      maxBatchLength: this.#limits.maxBatchLength,
      logger,
      clock,
      observer,
    };
    const gate = new Gate({
      origins,
      checksHost,
      maxConnections: this.#limits.maxConnections,
      clock,
    });
    this.#stopping.signal.addEventListener("abort", () => gate.close());
    const turns = new WeakMap<object, Turn>();
    this.#http.on("connection", socket => gate.onConnection(socket));
    this.#http.on("request", (request, response) => {
      const refusal = gate.check(request);
      if (refusal !== undefined) {
        response.setHeader("connection", "close");
        refuse(response, refusal.status, refusal.reason);
        return;
      }
      const {maxRequestBytes} = this.#limits;
      const {socket} = request;
      const turn = turns.get(socket) ?? context.turnOf(socket);
      turns.set(socket, turn);
      const rateLimit = this.#rateLimits?.ofAddress(request, clock.now());
      const forOne = {...caller, rateLimit};
      const dependencies = {
        caller: forOne,
        turn,
        visitor: gate.visitor(socket),
        arrivals: this.#arrivals,
        node: answers.node,
        maxRequestBytes,
        pages,
      };
      serveHttp(request, response, dependencies).catch(error => {
        logger.log("debug", "rpc", "an HTTP request broke off", {error});
        response.destroy();
      });
    });
    this.#http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const refusal = gate.check(request);
      if (refusal !== undefined) refuseUpgrade(socket, refusal);
      else
        this.#webSockets.handleUpgrade(request, socket, head, opened => {
          const rateLimit = this.#rateLimits?.ofConnection(request);
          const connection = this.#add(opened, socket, caller, rateLimit);
          gate.visitor(request.socket)?.becomes(connection);
        });
    });
  }

  #add(
    socket: WebSocket,
    transport: Duplex,
    caller: SharedCaller,
    rateLimit: RateLimit | undefined,
  ): WebSocketConnection {
    const {logger, randomBytes} = this.#dependencies;
    const connection = new WebSocketConnection(socket, {
      transport,
      arrivals: this.#arrivals,
      caller,
      rateLimit,
      limits: this.#limits,
      logger,
      nextSubscriptionId: () => subscriptionId(randomBytes),
    });
    this.#connections.add(connection);
    caller.observer.sessionOpened();
    socket.on("close", () => {
      this.#connections.delete(connection);
      caller.observer.sessionClosed(connection.wasCutOff);
    });
    if (this.#stopping.signal.aborted) connection.finish();
    return connection;
  }

  async #every(interval: number, work: () => void): Promise<void> {
    const {clock} = this.#dependencies;
    const {signal} = this.#stopping;
    while (!signal.aborted) {
      const isTime = await clock.until(millis(clock.now() + interval), signal).then(
        () => true,
        () => false,
      );
      if (isTime) work();
    }
  }
}

function refuseUpgrade(socket: Duplex, {status, reason}: Refusal): void {
  socket.on("error", () => socket.destroy());
  endRaw(socket, status, reason);
}

function endRaw(socket: Duplex, status: number, reason: string): void {
  const body = refusalBody(status, reason);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n` +
      `content-type: ${JSON_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const HEADERS_TOO_LONG = "HPE_HEADER_OVERFLOW";
const HEADERS_TOO_LATE = "ERR_HTTP_REQUEST_TIMEOUT";

/** What came is no HTTP request, or did not come in time. */
function answerNoRequest({code}: NodeJS.ErrnoException, socket: Duplex): void {
  if (code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason] =
    code === HEADERS_TOO_LONG
      ? [431, "The headers are too long"]
      : code === HEADERS_TOO_LATE
        ? [408, "The request did not come in time"]
        : [400, "This is no HTTP request"];
  endRaw(socket, status, reason);
}
