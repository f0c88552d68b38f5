import {timerClock} from "./timer-clock.ts";

/** Nobody sets it: a timer is right as far as timers go. */
const LONGEST_SLEEP = 1_000_000_000;

/** Unix time when the process began; from there on it counts by itself, whatever the machine's clock is set to. */
const began = Date.now() - performance.now();

/**
 * Time for waits, deadlines and paces: it goes on evenly, is never set, and stands still while the machine sleeps. Its
 * moments are near Unix time, and are no date.
 */
export const steadyClock = timerClock(() => began + performance.now(), LONGEST_SLEEP);
