import {type Clock, type Logger, millis} from "#base";
import type {RandomBytes} from "#crypto";
import type {ClockWatch} from "./clock-watch.ts";
import {askTimeServer} from "./sntp.ts";

/** Between two questions: as other clients of public servers do. */
const PERIOD = 64_000;
/** Unanswered questions after which the last answer is no longer believed. */
const MISSES = 5;

/** Keeps asking a time server how far off the clock is, until the signal ends. */
export async function followTimeServer(
  host: string,
  watch: ClockWatch,
  deps: {clock: Clock; logger: Logger; randomBytes: RandomBytes},
  signal: AbortSignal,
): Promise<void> {
  const {clock, logger} = deps;
  let misses = 0;
  while (!signal.aborted) {
    const offset = await askTimeServer({host}, deps);
    if (offset.ok) {
      misses = 0;
      watch.ntpSays(offset.value);
    } else if (++misses === MISSES) {
      watch.ntpSays(undefined);
      logger.log("warn", "clock", `time server ${host} does not answer: ${offset.error}`);
    }
    await clock.until(millis(clock.now() + PERIOD), signal);
  }
}
