import type {Connection, Stream} from "@libp2p/interface";
import type {Clock} from "#base";
import {millis} from "#base";

/** How long the other side may take to close its half, in milliseconds; then the stream is reset. */
const LINGER = millis(10_000);

/** Cuts a stream. Never throws. */
export function reset(stream: Stream): void {
  try {
    stream.abort(new Error("reset"));
  } catch {
    // It is closed already, which is what we want.
  }
}

/** Closes our half, and the whole once the other side has closed its own or has taken too long. Never rejects. */
export function letGo(stream: Stream, clock: Clock): void {
  const gone = new AbortController();
  stream.addEventListener("close", () => gone.abort(), {once: true});
  clock.until(millis(clock.now() + LINGER), gone.signal).then(
    () => reset(stream),
    () => {},
  );
  if (isClosed(stream)) gone.abort();
  stream.close({signal: gone.signal}).catch(() => reset(stream));
}

/** Cuts a connection. Never throws. */
export function cut(connection: Connection): void {
  try {
    connection.abort(new Error("disconnected"));
  } catch {
    // It is gone already.
  }
}

export function isClosed(stream: Stream): boolean {
  return stream.status === "closed" || stream.status === "reset" || stream.status === "aborted";
}
