import type {Connection} from "@libp2p/interface";
import type {Deadline} from "../transport/deadline.ts";
import {
  type DialFailure,
  dialFailure,
  type StreamFailure,
  streamFailure,
} from "../transport/failures.ts";

/** libp2p throws errors, events that hold an error, and collections of errors: all of them as a flat list. */
function flatten(thrown: unknown): Error[] {
  if (thrown instanceof AggregateError) return [thrown, ...thrown.errors.flatMap(flatten)];
  if (thrown instanceof Error) {
    return thrown.cause === undefined ? [thrown] : [thrown, ...flatten(thrown.cause)];
  }
  if (typeof thrown === "object" && thrown !== null && "error" in thrown) {
    return flatten(thrown.error);
  }
  return [];
}

function messageOf(errors: readonly Error[]): string {
  const last = errors.at(-1);
  return last === undefined ? "failed" : `${last.name}: ${last.message}`;
}

export function streamFailureOf(
  thrown: unknown,
  deadline: Deadline,
  connection: Connection,
): StreamFailure {
  const errors = flatten(thrown);
  const message = messageOf(errors);
  if (deadline.outcome !== undefined) return streamFailure(deadline.outcome, message);
  if (connection.status !== "open") return streamFailure("disconnected", message);
  const isUnsupported = errors.some(({name}) => name === "UnsupportedProtocolError");
  return streamFailure(isUnsupported ? "unsupported" : "refused", message);
}

/** Errors of a connection that stood up to the point where the peer had to agree to it. */
const REFUSALS = new Set([
  "DialDeniedError",
  "ConnectionDeniedError",
  "ConnectionInterceptedError",
  "EncryptionFailedError",
  "MuxerUnavailableError",
  "UnexpectedEOFError",
  "StreamClosedError",
  "StreamResetError",
  "ConnectionClosedError",
  "ConnectionResetError",
]);

export function dialFailureOf(thrown: unknown, deadline: Deadline): DialFailure {
  const errors = flatten(thrown);
  const message = messageOf(errors);
  const isNamed = (...names: string[]) => errors.some(({name}) => names.includes(name));
  if (deadline.outcome !== undefined) return dialFailure(deadline.outcome, message);
  // Noise says so in words only.
  const isOther = message.includes("does not match expected remote identity");
  if (isOther || isNamed("UnexpectedPeerError")) return dialFailure("wrong-peer", message);
  if (isNamed("TimeoutError")) return dialFailure("timeout", message);
  if (isNamed("NotStartedError")) return dialFailure("stopped", message);
  if (errors.some(({name}) => REFUSALS.has(name))) return dialFailure("refused", message);
  return dialFailure("unreachable", message);
}
