import {timerClock} from "./timer-clock.ts";

/** The machine may be suspended, or its clock set, while somebody waits. */
const LONGEST_SLEEP = 10_000;

/** The machine's clock: date and time of day, which may be set at any moment. */
export const systemClock = timerClock(() => Date.now(), LONGEST_SLEEP);
