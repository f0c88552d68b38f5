import {millis} from "#base";

/** A request is given up after this long (spec/network §1.5). */
export const ANSWER_TIME = millis(20_000);
/** A peer that did not answer, or not with what it promised, is left alone this long. */
export const REST = millis(10_000);
/** A peer on another chain than ours is asked again after this long: it may come round. */
export const LONG_REST = millis(60_000);
