import type {Connection, Stream} from "@libp2p/interface";
import {type Clock, equalBytes, millis} from "#base";
import {Deadline} from "../transport/deadline.ts";
import {cut, letGo, reset} from "./closing.ts";
import {FrameReader} from "./frame-reader.ts";
import {drained, trySend} from "./frame-writer.ts";

export const PING = "/ipfs/ping/1.0.0";

/** Bytes of a ping; they come back as they are. */
const PING_SIZE = 32;
/** The rhythm of other nodes (spec §1.2). */
const PERIOD = millis(20_000);
const TIMEOUT = millis(10_000);
/** A node that is busy for ten seconds is not gone yet; one that misses twice in a row is. */
const MISSES = 2;

/**
 * Echoes pings for as long as the peer keeps the stream: openers use one over and over. The stock responder gives
 * up after ten silent seconds, and others then leave us at their second ping (spec §4).
 */
export async function answerPings(stream: Stream, clock: Clock): Promise<void> {
  stream.inactivityTimeout = 0;
  const reader = new FrameReader(stream);
  for (;;) {
    const ping = await reader.take(PING_SIZE);
    if (ping.code !== "frame") break;
    if (!trySend(stream, ping.bytes) || !(await drained(stream))) break;
  }
  letGo(stream, clock);
}

interface Line {
  readonly stream: Stream;
  readonly reader: FrameReader;
}

/** Undefined when the peer does not answer in time, as one that does not read any more does not. */
async function open(
  connection: Connection,
  clock: Clock,
  signal: AbortSignal,
): Promise<Line | undefined> {
  const deadline = new Deadline(clock, TIMEOUT, signal);
  try {
    const stream = await connection.newStream(PING, {signal: deadline.signal});
    stream.inactivityTimeout = 0;
    return {stream, reader: new FrameReader(stream)};
  } catch (thrown) {
    if (deadline.outcome === "timeout") return undefined;
    throw thrown;
  } finally {
    deadline.cancel();
  }
}

/** Pings over one long-lived stream and cuts a connection that no longer answers. Ends with the connection. */
export async function keepAlive(
  connection: Connection,
  clock: Clock,
  random: () => number,
  signal: AbortSignal,
): Promise<void> {
  let line: Line | undefined;
  let misses = 0;
  try {
    while (misses < MISSES) {
      await clock.until(millis(clock.now() + PERIOD), signal);
      line ??= await open(connection, clock, signal);
      if (line !== undefined && (await isEchoed(line, clock, random, signal))) {
        misses = 0;
      } else {
        misses++;
        if (line !== undefined) reset(line.stream);
        line = undefined;
      }
    }
    cut(connection);
  } catch {
    // The connection ended, or the peer does not know pings: then it has other ways to show that it lives.
  }
}

async function isEchoed(
  {stream, reader}: Line,
  clock: Clock,
  random: () => number,
  signal: AbortSignal,
): Promise<boolean> {
  const ping = Uint8Array.from({length: PING_SIZE}, () => Math.floor(random() * 256));
  if (!trySend(stream, ping)) return false;
  const deadline = new Deadline(clock, TIMEOUT, signal);
  const isTooLate = new Promise<false>(resolve => {
    deadline.signal.addEventListener("abort", () => resolve(false), {once: true});
  });
  const echo = reader
    .take(PING_SIZE)
    .then(read => read.code === "frame" && equalBytes(read.bytes, ping));
  const isSame = await Promise.race([echo, isTooLate]);
  deadline.cancel();
  return isSame;
}
