import type {MultiaddrConnection} from "@libp2p/interface";
import {addressGroup, type Clock, millis} from "#base";
import {FIRST_BYTES_TIMEOUT} from "../transport/limits.ts";
import {type Newcomer, Newcomers} from "../transport/newcomers.ts";

/** Inbound connections that are still being secured, each with a place and a short time to say something. */
export class HalfOpen {
  readonly #clock: Clock;
  readonly #places: Newcomers;
  readonly #ends = new WeakMap<MultiaddrConnection, () => void>();

  constructor(clock: Clock, places: number) {
    this.#clock = clock;
    this.#places = new Newcomers(places);
  }

  begin(connection: MultiaddrConnection): void {
    const over = new AbortController();
    const since = this.#clock.now();
    const newcomer: Newcomer = {
      host: addressGroup(hostOf(connection)),
      since,
      hasSpoken: () => hasSpoken(connection),
      giveWay: () => cut(connection, "its place is another one's"),
    };
    const end = () => {
      this.#places.leave(newcomer);
      over.abort();
    };
    this.#ends.set(connection, end);
    connection.addEventListener("close", end, {once: true});
    this.#places.enter(newcomer);
    this.#clock.until(millis(since + FIRST_BYTES_TIMEOUT), over.signal).then(
      () => {
        if (!hasSpoken(connection)) cut(connection, "it said nothing");
      },
      () => {},
    );
  }

  /** It is secured and multiplexed. */
  end(connection: MultiaddrConnection): void {
    this.#ends.get(connection)?.();
  }
}

export function hostOf({remoteAddr}: MultiaddrConnection): string | undefined {
  return /^\/ip[46]\/([^/]+)/.exec(remoteAddr.toString())?.[1];
}

/** On a WebSocket its opening was read before we hear of it. */
function hasSpoken(connection: MultiaddrConnection): boolean {
  const {socket} = connection as unknown as {readonly socket?: {readonly bytesRead?: number}};
  return socket?.bytesRead === undefined || socket.bytesRead > 0;
}

function cut(connection: MultiaddrConnection, why: string): void {
  try {
    connection.abort(new Error(why));
  } catch {
    // It is gone already.
  }
}
