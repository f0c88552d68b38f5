import {type Clock, type Millis, millis} from "#base";

/** How a chain's time goes beside real time: it was `chainStart` at `realStart`, and goes `rate` times as fast. */
export interface ChainPace {
  readonly realStart: Millis;
  readonly chainStart: Millis;
  readonly rate: number;
}

/** The real pace. */
export const REAL_TIME: ChainPace = {realStart: millis(0), chainStart: millis(0), rate: 1};

/** A clock of the chain's moments, which knows when they really are. */
export interface PacedClock extends Clock {
  readonly rate: number;
  /** The real moment of one of the chain's. */
  real(moment: number): Millis;
  /** The chain's moment at a real one. */
  paced(moment: number): Millis;
}

/** A clock whose moments are the chain's: nodes of one chain agree on them as far as their own clocks agree. */
export function pacedClock(clock: Clock, {realStart, chainStart, rate}: ChainPace): PacedClock {
  const real = (moment: number) => millis(realStart + (moment - chainStart) / rate);
  const paced = (moment: number) => millis(chainStart + rate * (moment - realStart));
  return {
    rate,
    real,
    paced,
    now: () => paced(clock.now()),
    // Up, or whoever waits would wake a moment too early and look again.
    until: (time, signal) => clock.until(millis(Math.ceil(real(time))), signal),
  };
}
