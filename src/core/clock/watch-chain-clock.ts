import {type Clock, type Logger, slot as slotNumber} from "#base";
import {slotOf, slotStart} from "#consensus";
import type {Blockchain} from "../chain/blockchain.ts";
import type {ChainTime} from "../time/chain-time.ts";
import {ClockSteps} from "./clock-steps.ts";
import {ClockWatch} from "./clock-watch.ts";

export interface ChainClockDependencies {
  readonly chain: Blockchain;
  readonly time: ChainTime;
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
  start(): void;
  stop(): void;
} {
  const {chain, time, slotDuration, clock, wallClock, logger, onFatal} = dependencies;
  const watch = new ClockWatch(slotDuration, () => time.now());
  const steps = new ClockSteps(wallClock, clock, {logger, onFault: onFatal});
  const ended = new AbortController();
  steps.onStep(() => watch.forget());
  if (dependencies.runsAhead) {
    // It goes on, dated ahead, rather than wait for its own blocks to be of the past.
    steps.onStep(by => {
      const last = slotOf(chain.head.header.digest) ?? 0;
      if (by < 0) time.atLeast(slotStart(slotNumber(last + 1), slotDuration()));
    });
  }
  const unwatch = chain.on("import", ({hash, origin}) => {
    if (origin === "own") return;
    const at = slotOf(chain.header(hash)?.digest ?? []);
    if (at !== undefined) watch.imported(hash, at);
  });
  return {
    watch,
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
