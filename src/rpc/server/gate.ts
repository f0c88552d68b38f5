import type {IncomingMessage} from "node:http";
import type {Socket} from "node:net";
import {isLocalHost} from "./host-policy.ts";
import {type AllowedOrigins, isOriginAllowed, isOwnOrigin} from "./origin-policy.ts";

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
}

/** Who gets in: so many sockets at once, from pages that may, under a name that is ours. */
export class Gate {
  readonly #options: GateOptions;
  readonly #admitted = new Set<Socket>();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** A socket was opened; it counts until it closes. */
  onConnection(socket: Socket): void {
    if (this.#admitted.size >= this.#options.maxConnections) return;
    this.#admitted.add(socket);
    socket.once("close", () => this.#admitted.delete(socket));
  }

  /** Undefined when the request may pass. */
  check({socket, headers}: IncomingMessage): Refusal | undefined {
    const {origins, checksHost} = this.#options;
    if (!this.#admitted.has(socket)) return TOO_MANY;
    // Whoever lets all pages in has nothing left to protect by the name.
    if (checksHost && origins !== "all" && !isLocalHost(headers.host)) return FOREIGN_HOST;
    if (isOwnOrigin(headers.origin, headers.host)) return undefined;
    return isOriginAllowed(origins, headers.origin) ? undefined : FOREIGN_ORIGIN;
  }
}
