import {type Clock, type Logger, millis} from "#base";
import type {ChainStore} from "#store";

/** Between two looks, and how much each is: a million rows and entries in a day and a half, for a millisecond in five seconds. */
const EVERY = 5_000;
const STEP = 40;

/** Damages that are told; where there are more, it is the disk. */
const MOST_TOLD = 100;

/** What looking at the database found so far. */
export interface ScrubFindings {
  /** In words, each once. */
  readonly damages: ReadonlySet<string>;
  /** When the last round over all of it was over; unix time in milliseconds. Undefined until one was. */
  readonly roundOverAt: number | undefined;
}

/** Looks at what is stored though nobody asks for it, until `signal` says so. A damage is logged when it is found. */
export function scrubDatabase(
  store: Pick<ChainStore, "scrub">,
  {
    clock,
    wallClock,
    logger,
    signal,
  }: {
    readonly clock: Clock;
    readonly wallClock: Pick<Clock, "now">;
    readonly logger: Logger;
    readonly signal: AbortSignal;
  },
): ScrubFindings {
  const findings = {damages: new Set<string>(), roundOverAt: undefined as number | undefined};
  const note = (damage: string) => {
    if (findings.damages.has(damage) || findings.damages.size >= MOST_TOLD) return;
    findings.damages.add(damage);
    logger.log(
      "error",
      "store",
      "the database is damaged; stop the node, and khala db check --repair --from URL",
      {
        damage,
      },
    );
  };
  const work = async () => {
    const scrub = store.scrub();
    for (;;) {
      await clock.until(millis(clock.now() + EVERY), signal);
      const {damages, isRoundOver} = scrub.step(STEP);
      for (const damage of damages) note(damage);
      if (isRoundOver) findings.roundOverAt = wallClock.now();
    }
  };
  work().catch((error: unknown) => {
    if (!signal.aborted)
      logger.log("error", "store", "the database is not looked at any more", {error});
  });
  return findings;
}
