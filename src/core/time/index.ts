/**
 * The time that the chain goes by. It is the machine's, at a pace that a rehearsal may quicken, moved ahead where a developer asked for that, remembered over
 * restarts, and never set back behind a slot that a key has signed for.
 *
 * Out of scope: whether the machine's own clock is right (`clock`).
 */
export {Alarm} from "./alarm.ts";
export {ChainTime} from "./chain-time.ts";
export {LEFT_AT, openChainTime} from "./open-chain-time.ts";
export {type ChainPace, type PacedClock, pacedClock, REAL_TIME} from "./paced-clock.ts";
export {steadyClock} from "./steady-clock.ts";
export {systemClock} from "./system-clock.ts";
