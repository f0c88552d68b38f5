import {type Clock, type Millis, millis} from "#base";

/** How a chain's time goes beside real time: it was `chainStart` at `realStart`, and goes `rate` times as fast. */
export interface ChainPace {
  readonly realStart: Millis;
  readonly chainStart: Millis;
  readonly rate: number;
}

/** The real pace. */
export const REAL_TIME: ChainPace = {realStart: millis(0), chainStart: millis(0), rate: 1};

/** A clock whose moments are the chain's: nodes of one chain agree on them as far as their own clocks agree. */
export function pacedClock(clock: Clock, {realStart, chainStart, rate}: ChainPace): Clock {
  return {
    now: () => millis(chainStart + rate * (clock.now() - realStart)),
    until: (time, signal) =>
      // Up, or whoever waits would wake a moment too early and look again.
      clock.until(millis(Math.ceil(realStart + (time - chainStart) / rate)), signal),
  };
}
