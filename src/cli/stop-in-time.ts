import {type Clock, formatReport, millis} from "#base";
import {FAILURE} from "./command.ts";
import type {Terminal} from "./key/index.ts";

/** Longest that a clean stop may take; what is not done by then is left to the next start. */
const STOP_DEADLINE = 10_000;

/** Waits for a stop, or leaves the process when it takes too long. */
export async function stopInTime(
  stop: () => Promise<void>,
  clock: Clock,
  terminal: Terminal,
): Promise<void> {
  const deadline = new AbortController();
  const late = clock.until(millis(clock.now() + STOP_DEADLINE), deadline.signal).then(
    () => false,
    () => true,
  );
  const inTime = await Promise.race([stop().then(() => true), late]);
  deadline.abort(new Error("stopped"));
  if (inTime) return;
  terminal.stderr(
    formatReport({
      code: "stop-late",
      what: `not stopped after ${STOP_DEADLINE / 1_000} s`,
      did: "left at once; what is on disk is whole",
    }),
  );
  process.exit(FAILURE);
}
