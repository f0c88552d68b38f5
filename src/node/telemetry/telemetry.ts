import {WebSocket} from "ws";
import {type Clock, type Logger, millis} from "#base";
import type {NodeCore} from "#core";
import {
  connected,
  finalized,
  frame,
  type Introduction,
  imported,
  interval,
  type Payload,
} from "./messages.ts";

export interface TelemetryEndpoint {
  readonly url: URL;
  /** As in Substrate's flag. All that is told here Substrate tells at 0, the least, so that more changes nothing. */
  readonly verbosity: number;
}

export interface TelemetryDependencies {
  readonly core: Pick<NodeCore, "chain" | "pool" | "membership">;
  readonly clock: Clock;
  readonly wallClock: Pick<Clock, "now">;
  readonly logger: Logger;
}

/** Between two reports. */
const INTERVAL = 5_000;
/** Between two tries to connect, doubling from the first to the last. */
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 600_000;
/** Bytes that a server may leave unread; then what is new is dropped. */
const MAX_BUFFERED = 65_536;
const HANDSHAKE_TIMEOUT = 10_000;

/** Tells one server, for as long as the node runs. */
export class Telemetry {
  readonly #endpoint: TelemetryEndpoint;
  readonly #who: Introduction;
  readonly #deps: TelemetryDependencies;
  readonly #abort = new AbortController();
  #socket: WebSocket | undefined;

  constructor(endpoint: TelemetryEndpoint, who: Introduction, dependencies: TelemetryDependencies) {
    this.#endpoint = endpoint;
    this.#who = who;
    this.#deps = dependencies;
  }

  start(): void {
    const {chain} = this.#deps.core;
    const stops = [
      chain.on("import", ({hash, number, origin, isBest}) => {
        if (isBest && origin !== "sync") this.#tell(imported(hash, number, origin === "own"));
      }),
      chain.on("finalized", ({hash, number, isLast}) => {
        if (isLast) this.#tell(finalized(hash, number));
      }),
    ];
    this.#abort.signal.addEventListener("abort", () => {
      for (const stop of stops) stop();
    });
    for (const task of [() => this.#keepConnected(), () => this.#report()]) {
      task().catch((error: unknown) => {
        if (this.#abort.signal.aborted) return;
        this.#deps.logger.log("error", "telemetry", "telemetry has ended", {error});
      });
    }
  }

  stop(): void {
    this.#abort.abort(new Error("stopping"));
    this.#socket?.terminate();
  }

  async #report(): Promise<void> {
    const {core, clock} = this.#deps;
    const {chain, membership, pool} = core;
    for (;;) {
      await clock.until(millis(clock.now() + INTERVAL), this.#abort.signal);
      const heights = {best: chain.best(), finalized: chain.finalized()};
      this.#tell(interval(heights, membership?.peers() ?? 0, pool.status.ready));
    }
  }

  async #keepConnected(): Promise<void> {
    const {clock, logger} = this.#deps;
    let wait = FIRST_WAIT;
    for (;;) {
      const began = clock.now();
      const why = await this.#session();
      if (this.#abort.signal.aborted) return;
      // One that lasted was no failure of the address.
      if (clock.now() - began > LONGEST_WAIT) wait = FIRST_WAIT;
      const facts = {reason: why, nextTry: `${wait / 1_000} s`};
      logger.log("debug", "telemetry", `not connected to ${this.#endpoint.url.host}`, facts);
      await clock.until(millis(clock.now() + wait), this.#abort.signal);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    }
  }

  /** From connecting to being cut off; resolves with why it ended. */
  #session(): Promise<string> {
    return new Promise(resolve => {
      const socket = new WebSocket(this.#endpoint.url, {handshakeTimeout: HANDSHAKE_TIMEOUT});
      let why = "closed";
      socket.on("open", () => {
        this.#socket = socket;
        this.#tell(connected(this.#who));
      });
      socket.on("error", error => {
        why = error.message;
      });
      // Nothing is expected back; a server that talks is not listened to.
      socket.on("close", () => {
        this.#socket = undefined;
        resolve(why);
      });
    });
  }

  #tell(payload: Payload): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    if (socket.bufferedAmount < MAX_BUFFERED)
      socket.send(frame(payload, this.#deps.wallClock.now()));
  }
}

/** Of `--telemetry-url "wss://… 0"`. Undefined when it is none. */
export function parseTelemetryEndpoint(text: string): TelemetryEndpoint | undefined {
  const [address = "", verbosity = "0", ...rest] = text.trim().split(/\s+/);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isSocket = url?.protocol === "ws:" || url?.protocol === "wss:";
  if (url === undefined || !isSocket || !/^\d$/.test(verbosity) || rest.length > 0)
    return undefined;
  return {url, verbosity: Number(verbosity)};
}
