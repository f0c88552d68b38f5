import {type Clock, type Logger, millis} from "#base";
import type {RandomBytes} from "#crypto";
import type {ClockWatch} from "./clock-watch.ts";
import {askTimeServer} from "./sntp.ts";
import {type TimeServer, timeServerToText} from "./time-server.ts";

/** Between two questions: as other clients of public servers do. */
const PERIOD = 64_000;
/** Unanswered questions after which the last answer is no longer believed. */
const MISSES = 5;

/** Keeps asking a time server how far off the clock is, until the signal ends. */
export async function followTimeServer(
  server: TimeServer,
  watch: ClockWatch,
  deps: {clock: Clock; wallClock: Clock; logger: Logger; randomBytes: RandomBytes},
  signal: AbortSignal,
): Promise<void> {
  const {clock, logger} = deps;
  let misses = 0;
  let hasAnswered = false;
  while (!signal.aborted) {
    const offset = await askTimeServer(server, deps);
    if (offset.ok) {
      misses = 0;
      hasAnswered = true;
      watch.ntpSays(offset.value);
    } else {
      misses++;
      const isFirst = misses === 1 && !hasAnswered;
      if (isFirst || misses === MISSES) {
        const place = timeServerToText(server);
        logger.log("warn", "clock", `time server ${place} does not answer: ${offset.error}`);
      }
      if (misses === MISSES) watch.ntpSays(undefined);
    }
    await clock.until(millis(clock.now() + PERIOD), signal);
  }
}
