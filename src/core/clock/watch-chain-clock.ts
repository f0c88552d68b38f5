import {type Clock, type Logger, millis} from "#base";
import {slotOf} from "#consensus";
import type {Blockchain} from "../chain/blockchain.ts";
import type {SlotTimes} from "../chain/slot-times.ts";
import type {ChainTime} from "../time/chain-time.ts";
import {ClockSteps} from "./clock-steps.ts";
import {ClockWatch} from "./clock-watch.ts";

export interface ChainClockDependencies {
  readonly chain: Blockchain;
  readonly time: ChainTime;
  readonly slots: SlotTimes;
  /** Milliseconds, on the head. */
  readonly slotDuration: () => number;
  /** Steady. */
  readonly clock: Clock;
  readonly wallClock: Clock;
  readonly logger: Logger;
  /** Blocks may be made out of turn: a developer's chain, dated ahead where it has to be. */
  readonly runsAhead: boolean;
  readonly onFatal: (error: unknown) => void;
}

/** Holds the machine's clock against the blocks of others, and notices when somebody sets it. */
export function watchChainClock(dependencies: ChainClockDependencies): {
  readonly watch: ClockWatch;
  /** A peer spoke of a block as new; when its slot began, in the chain's time. */
  announced: ClockWatch["announced"];
  start(): void;
  stop(): void;
} {
  const {chain, time, slots, slotDuration, clock, wallClock, logger, onFatal} = dependencies;
  // Machines' clocks are apart in real time, whatever the pace of the chain's.
  const real = (moment: number) => moment / time.rate;
  const watch = new ClockWatch(
    () => real(slotDuration()),
    () => real(time.now()),
  );
  const steps = new ClockSteps(wallClock, clock, {logger, onFault: onFatal});
  const ended = new AbortController();
  steps.onStep(() => watch.forget());
  if (dependencies.runsAhead) {
    // It goes on, dated ahead, rather than wait for its own blocks to be of the past.
    steps.onStep(by => {
      const {header} = chain.head;
      const last = slots.startOf(header) ?? 0;
      if (by < 0) time.atLeast(millis(last + slots.durationOf(header)));
    });
  }
  const unwatch = chain.on("import", ({hash, origin}) => {
    if (origin === "own") return;
    const header = chain.header(hash);
    const slot = header && slotOf(header.digest);
    const begins = header && slots.startOf(header);
    if (slot !== undefined && begins !== undefined) {
      watch.imported(hash, {slot, begins: real(begins)});
    }
  });
  return {
    watch,
    announced: (block, {slot, begins}, isCatchingUp) =>
      watch.announced(block, {slot, begins: real(begins)}, isCatchingUp),
    start() {
      steps.run(ended.signal).catch((error: unknown) => {
        if (!ended.signal.aborted) onFatal(error);
      });
    },
    stop() {
      ended.abort(new Error("stopping"));
      unwatch();
    },
  };
}
