import type {IncomingMessage} from "node:http";
import type {Socket} from "node:net";
import {addressGroup, type Clock} from "#base";
import {isLocalHost} from "./host-policy.ts";
import {type AllowedOrigins, isOriginAllowed, isOwnOrigin} from "./origin-policy.ts";
import {type Activity, Places, type Tenant} from "./places.ts";

export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

const FOREIGN_HOST: Refusal = {status: 403, reason: "Provided Host header is not allowed"};
const FOREIGN_ORIGIN: Refusal = {status: 403, reason: "Origin of the request is not allowed"};
const TOO_MANY: Refusal = {status: 429, reason: "Too many connections. Please try again later."};

export interface GateOptions {
  readonly origins: AllowedOrigins;
  /** Whether the name in `Host` has to be this machine's. */
  readonly checksHost: boolean;
  readonly maxConnections: number;
  readonly clock: Pick<Clock, "now">;
}

/** Connections without a place that are kept so that they can be told; the oldest goes when there is another. */
export const MOST_REFUSED = 16;

/** A socket that has a place, and what it does with it: by HTTP, until a WebSocket says so itself. */
export class Visitor implements Tenant {
  readonly address: string;
  readonly #socket: Socket;
  readonly #clock: Pick<Clock, "now">;
  #underWay = 0;
  #lastActive: number;
  #session: (Pick<Tenant, "giveWay"> & {readonly activity: Activity}) | undefined;

  constructor(socket: Socket, clock: Pick<Clock, "now">) {
    this.address = addressGroup(socket.remoteAddress);
    this.#socket = socket;
    this.#clock = clock;
    this.#lastActive = clock.now();
  }

  activity(): Activity {
    return this.#session?.activity ?? {isActive: this.#underWay > 0, since: this.#lastActive};
  }

  giveWay(): void {
    if (this.#session === undefined) this.#socket.destroy();
    else this.#session.giveWay();
  }

  becomes(session: Pick<Tenant, "giveWay"> & {readonly activity: Activity}): void {
    this.#session = session;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++;
    this.#lastActive = this.#clock.now();
    try {
      return await work();
    } finally {
      this.#underWay--;
      this.#lastActive = this.#clock.now();
    }
  }
}

/** Who gets in: so many sockets at once, from pages that may, under a name that is ours. */
export class Gate {
  readonly #options: GateOptions;
  readonly #places: Places;
  readonly #admitted = new WeakMap<Socket, Visitor>();
  readonly #refused = new Set<Socket>();

  constructor(options: GateOptions) {
    this.#options = options;
    this.#places = new Places(options.maxConnections);
  }

  /** A socket was opened; it has its place until it closes, or another one needs it more. */
  onConnection(socket: Socket): void {
    if (this.#admit(socket)) return;
    this.#refused.add(socket);
    socket.once("close", () => this.#refused.delete(socket));
    const [oldest] = this.#refused;
    if (this.#refused.size > MOST_REFUSED) oldest?.destroy();
  }

  #admit(socket: Socket): boolean {
    const visitor = new Visitor(socket, this.#options.clock);
    if (!this.#places.take(visitor, this.#options.clock.now())) return false;
    this.#admitted.set(socket, visitor);
    this.#refused.delete(socket);
    socket.once("close", () => this.#places.leave(visitor));
    return true;
  }

  /** Undefined when the request may pass. */
  check({socket, headers}: IncomingMessage): Refusal | undefined {
    const {origins, checksHost} = this.#options;
    if (!this.#admitted.has(socket) && !this.#admit(socket)) return TOO_MANY;
    // Whoever lets all pages in has nothing left to protect by the name.
    if (checksHost && origins !== "all" && !isLocalHost(headers.host)) return FOREIGN_HOST;
    if (isOwnOrigin(headers.origin, headers.host)) return undefined;
    return isOriginAllowed(origins, headers.origin) ? undefined : FOREIGN_ORIGIN;
  }

  /** Ends connections that were not let in. */
  close(): void {
    for (const socket of this.#refused) socket.destroy();
  }

  /** Of a socket that was let in. */
  visitor(socket: Socket): Visitor | undefined {
    return this.#admitted.get(socket);
  }
}
