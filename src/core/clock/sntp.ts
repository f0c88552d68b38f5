import {createSocket} from "node:dgram";
import {type Clock, err, millis, ok, type Result} from "#base";
import type {RandomBytes} from "#crypto";
import type {TimeServer} from "./time-server.ts";

/** Seconds from 1900, where NTP's time begins, to 1970. */
const NTP_EPOCH = 2_208_988_800;
const PACKET = 48;
/** Version 4, asked by a client. */
const CLIENT_V4 = 0x23;
const SERVER_MODE = 4;
/** Of the three timestamps that count: our own sent back, when it came there, when the answer left. */
const ORIGINATE = 24;
const RECEIVE = 32;
const TRANSMIT = 40;
const TIMEOUT = millis(3_000);

export interface SntpDependencies {
  /** Steady. */
  readonly clock: Clock;
  /** The one that is asked about. */
  readonly wallClock: Pick<Clock, "now">;
  readonly randomBytes: RandomBytes;
}

/**
 * How far this machine's clock is ahead of a time server's, in milliseconds, by one question (RFC 4330). The failure is
 * for people.
 */
export async function askTimeServer(
  server: TimeServer,
  {clock, wallClock, randomBytes}: SntpDependencies,
): Promise<Result<number, string>> {
  const socket = createSocket("udp4");
  const abort = new AbortController();
  const question = Buffer.alloc(PACKET);
  question[0] = CLIENT_V4;
  // Not our time, which is nobody's business: bytes that only an answer to this question repeats.
  const cookie = Buffer.from(randomBytes(8));
  cookie.copy(question, TRANSMIT);
  try {
    const answered = new Promise<Result<number, string>>(resolve => {
      const sentAt = wallClock.now();
      socket.on("error", error => resolve(err(error.message)));
      socket.on("message", answer => {
        const offset = offsetOf(answer, cookie, sentAt, wallClock.now());
        // Anything else may come from anybody: it is waited on.
        if (offset !== undefined) resolve(offset);
      });
      socket.send(question, server.port ?? 123, server.host, error => {
        if (error !== null) resolve(err(error.message));
      });
    });
    const late = clock.until(millis(clock.now() + TIMEOUT), abort.signal).then(
      () => err("no answer"),
      () => err("given up"),
    );
    return await Promise.race([answered, late]);
  } finally {
    abort.abort(new Error("answered"));
    socket.close();
  }
}

/** Undefined for what is no answer to this question. */
function offsetOf(
  answer: Buffer,
  cookie: Buffer,
  sentAt: number,
  arrivedAt: number,
): Result<number, string> | undefined {
  if (answer.length < PACKET || !answer.subarray(ORIGINATE, ORIGINATE + 8).equals(cookie)) {
    return undefined;
  }
  const mode = answer[0]! & 0x07;
  const stratum = answer[1]!;
  if (mode !== SERVER_MODE) return undefined;
  if (stratum === 0 || stratum > 15) return err("the server does not know the time itself");
  const received = timeAt(answer, RECEIVE);
  const left = timeAt(answer, TRANSMIT);
  const behind = (received - sentAt + (left - arrivedAt)) / 2;
  return ok(-behind);
}

/** Unix time in milliseconds. */
function timeAt(packet: Buffer, offset: number): number {
  const seconds = packet.readUInt32BE(offset) - NTP_EPOCH;
  return seconds * 1_000 + (packet.readUInt32BE(offset + 4) / 2 ** 32) * 1_000;
}
