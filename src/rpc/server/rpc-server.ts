import {createServer, type IncomingMessage, type Server, STATUS_CODES} from "node:http";
import type {AddressInfo} from "node:net";
import type {Duplex} from "node:stream";
import {type WebSocket, WebSocketServer} from "ws";
import {type Clock, err, type Logger, millis, ok, type Result} from "#base";
import type {Hashing, RandomBytes} from "#crypto";
import type {RpcBackend} from "../backend/index.ts";
import type {Caller} from "../dispatch/call.ts";
import {createMethodTable} from "../dispatch/method-table.ts";
import {NO_OBSERVER, type RpcObserver} from "../dispatch/observer.ts";
import type {RateLimit} from "../dispatch/rate-limit.ts";
import {methodsFor} from "../methods/index.ts";
import {createRpcContext} from "../rpc-context.ts";
import {Gate, type Refusal} from "./gate.ts";
import {isLoopback} from "./host-policy.ts";
import {end, serveHttp} from "./http-endpoint.ts";
import {DEFAULT_LIMITS, type RpcLimits} from "./limits.ts";
import {type ListenFailure, listenFailureOf} from "./listen-failure.ts";
import {clearPlace, type SocketFailure, withOwnerOnly} from "./local-socket.ts";
import {type AllowedOrigins, DEFAULT_ORIGINS} from "./origin-policy.ts";
import type {Pages} from "./pages.ts";
import {type RateLimitOptions, RateLimits} from "./rate-limits.ts";
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
  readonly backend: RpcBackend;
  readonly hashing: Hashing;
  readonly randomBytes: RandomBytes;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observer?: RpcObserver;
  /** Shown by GET beside JSON-RPC. */
  readonly pages?: Pages;
}

export interface RpcAddress {
  readonly host: string;
  readonly port: number;
}

/** Of a caller what all clients share. */
type SharedCaller = Omit<Caller, "subscriptions" | "turn" | "rateLimit">;

const DEFAULT_HOST = "127.0.0.1";

/** Sockets beyond the limit that are told so; more than these the system turns away without a word. */
const REFUSED_AT_ONCE = 32;

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
  readonly #rateLimits: RateLimits | undefined;
  readonly #stopping = new AbortController();

  constructor(options: RpcServerOptions, dependencies: RpcServerDependencies) {
    this.#options = options;
    this.#limits = {...DEFAULT_LIMITS, ...options.limits};
    this.#dependencies = dependencies;
    this.#rateLimits = options.rateLimit && new RateLimits(options.rateLimit);
    this.#http = createServer({connectionsCheckingInterval: FIRST_WORDS / 2});
    // Whoever connects and says nothing takes a place that others would like.
    this.#http.headersTimeout = FIRST_WORDS;
    this.#http.maxConnections = this.#limits.maxConnections + REFUSED_AT_ONCE;
    this.#webSockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: this.#limits.maxRequestBytes,
    });
  }

  /** Clients by WebSocket. */
  get connections(): number {
    return this.#connections.size;
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
    this.#http.on("error", error => {
      this.#dependencies.logger.log("error", "rpc", "the listener failed", {error});
    });
    void this.#keepAlive();
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
    const {backend, hashing, logger, clock, pages, observer = NO_OBSERVER} = this.#dependencies;
    const {origins = DEFAULT_ORIGINS} = this.#options;
    const context = createRpcContext(backend, {
      hashing,
      clock,
      logger,
      unsafeAllowed,
      maxResponseBytes: this.#limits.maxResponseBytes,
    });
    const caller: SharedCaller = {
      table: createMethodTable(methodsFor(backend)),
      context,
      maxBatchLength: this.#limits.maxBatchLength,
      logger,
      clock,
      observer,
    };
    const gate = new Gate({
      origins,
      checksHost,
      maxConnections: this.#limits.maxConnections,
    });
    this.#http.on("connection", socket => gate.onConnection(socket));
    this.#http.on("request", (request, response) => {
      const refusal = gate.check(request);
      if (refusal !== undefined) {
        response.setHeader("connection", "close");
        end(response, refusal.status, refusal.reason);
        return;
      }
      const {maxRequestBytes} = this.#limits;
      const rateLimit = this.#rateLimits?.ofAddress(request, clock.now());
      const forOne = {...caller, rateLimit};
      const dependencies = {caller: forOne, node: backend.node, maxRequestBytes, pages};
      serveHttp(request, response, dependencies).catch(error => {
        logger.log("debug", "rpc", "an HTTP request broke off", {error});
        response.destroy();
      });
    });
    this.#http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const refusal = gate.check(request);
      if (refusal !== undefined) refuseUpgrade(socket, refusal);
      else
        this.#webSockets.handleUpgrade(request, socket, head, opened =>
          this.#add(opened, caller, this.#rateLimits?.ofConnection(request)),
        );
    });
  }

  #add(socket: WebSocket, caller: SharedCaller, rateLimit: RateLimit | undefined): void {
    const {logger, randomBytes} = this.#dependencies;
    const connection = new WebSocketConnection(socket, {
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
  }

  async #keepAlive(): Promise<void> {
    const {clock} = this.#dependencies;
    const {signal} = this.#stopping;
    while (!signal.aborted) {
      const isTime = await clock.until(millis(clock.now() + PING_INTERVAL), signal).then(
        () => true,
        () => false,
      );
      if (isTime) for (const connection of this.#connections) connection.checkAlive();
    }
  }
}

function refuseUpgrade(socket: Duplex, {status, reason}: Refusal): void {
  socket.on("error", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n` +
      `content-type: text/plain\r\ncontent-length: ${reason.length}\r\n\r\n${reason}`,
  );
}
