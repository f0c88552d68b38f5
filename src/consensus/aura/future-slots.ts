import {type Millis, millis} from "#base";

/**
 * A block whose slot lies this far ahead of our clock is set aside until then, not refused: one second covers
 * ordinary drift of synchronised clocks. Beyond it we would reward a fast clock. Were honest collators refused, it
 * would show as `slot-in-future` against several peers at once.
 */
export const FUTURE_SLOT_TOLERANCE: Millis = millis(1_000);
