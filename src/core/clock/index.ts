/**
 * How far this machine's clock is from that of others: held against blocks as they are heard of, and against a time server
 * where one is named. A clock that is too far off makes no blocks, and one that is set is noticed.
 *
 * Out of scope: the time that a chain goes by, which developers may set (`time`).
 */
export type {ClockStatus} from "./clock-status.ts";
export {ClockWatch, clockBound} from "./clock-watch.ts";
export {followTimeServer} from "./follow-time-server.ts";
export {askTimeServer} from "./sntp.ts";
export {parseTimeServer, type TimeServer} from "./time-server.ts";
export {watchChainClock} from "./watch-chain-clock.ts";
