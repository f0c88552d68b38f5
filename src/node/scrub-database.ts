import {bytesToBinary, type Clock, type Hex, hexToBytes, type Logger, millis} from "#base";
import type {Lost, Scrub, ScrubDamage} from "#store";
import {TrieFault} from "#trie";

/** Between two looks, and how much each is: a million rows and entries in a day and a half, for a millisecond in five seconds. */
const EVERY = 5_000;
const STEP = 40;

/** Damages that are told; where there are more, it is the disk. */
const MOST_TOLD = 100;

/** Between two times that others are asked for what is damaged: a peer that has it may come. */
const ASKED_AGAIN = 60_000;

/** Damages that others are asked for between two looks: one that answers nothing takes seconds, and the round is to go on. */
const MOST_ASKED = 4;

const BY_CHECK = "stop the node, and khala db check --repair --from URL";

/** What looking at the database found so far. */
export interface ScrubFindings {
  /** In words, each once; not what was mended. */
  readonly damages: ReadonlySet<string>;
  /** How many of them were mended. */
  readonly mended: number;
  /** When the last round over all of it was over; unix time in milliseconds. Undefined until one was. */
  readonly roundOverAt: number | undefined;
  /** Somebody came upon damage where it was read: that is looked at before all else. */
  cameUpon(damage: unknown): void;
}

/** Places to be looked at first: of more, the round comes by. */
const MOST_COME_UPON = 64;

/** What puts things back. */
export type Mending = Pick<Scrub, "mendPart" | "rows">;

/** Has what is lost put back by the rest of what is here, or by what others have: gives by whom, undefined where nobody had it. */
export type Mend = (
  scrub: Mending,
  lost: Lost,
) => Promise<"rest" | {readonly peer: string} | undefined>;

/**
 * Looks at what is stored though nobody asks for it, until `signal` says so. A damage is logged when it is found, and mended where
 * `mend` finds somebody who has what is lost.
 */
export function scrubDatabase(
  store: {scrub(): Mending & Pick<Scrub, "step" | "damageAt">},
  {
    clock,
    wallClock,
    logger,
    mend,
    onMended,
    signal,
  }: {
    readonly clock: Clock;
    readonly wallClock: Pick<Clock, "now">;
    readonly logger: Logger;
    readonly mend: Mend;
    readonly onMended: () => void;
    readonly signal: AbortSignal;
  },
): ScrubFindings {
  const findings = {
    damages: new Set<string>(),
    mended: 0,
    roundOverAt: undefined as number | undefined,
    cameUpon(damage: unknown) {
      const isOfNewest = damage instanceof TrieFault && damage.child === undefined;
      if (isOfNewest && comeUpon.size < MOST_COME_UPON) comeUpon.add(damage.path);
    },
  };
  const comeUpon = new Set<Hex>();
  /** When others were asked for it last, in the clock's milliseconds. */
  const asked = new Map<string, number>();
  const scrub = store.scrub();
  /** How many more are asked for before the next look. */
  let left = 0;
  const note = async ({words, lost}: ScrubDamage) => {
    const isNew = !findings.damages.has(words);
    if (isNew && findings.damages.size >= MOST_TOLD) return;
    findings.damages.add(words);
    const last = asked.get(words);
    const isAskable = last === undefined || clock.now() - last >= ASKED_AGAIN;
    const isAsked = lost !== undefined && isAskable && left > 0;
    if (isAsked) {
      left--;
      asked.set(words, clock.now());
      const from = await mend(scrub, lost).catch((error: unknown) => {
        // What it takes to know what was lost may be damaged as well.
        logger.log("error", "store", "a damage of the database could not be mended", {error});
        return undefined;
      });
      if (from !== undefined) {
        findings.damages.delete(words);
        asked.delete(words);
        findings.mended++;
        onMended();
        const whose = from === "rest" ? "the rest of it" : "what a peer had";
        logger.log("warn", "store", `mended a damage of the database by ${whose}`, {
          damage: words,
          ...(from === "rest" ? {} : from),
        });
        return;
      }
    }
    if (isNew) {
      const why =
        lost === undefined
          ? " where a running node cannot mend it"
          : isAsked
            ? ", and neither the rest of it nor a peer that was asked has what is lost"
            : "";
      logger.log("error", "store", `the database is damaged${why}; ${BY_CHECK}`, {
        damage: words,
      });
    }
  };
  const work = async () => {
    for (;;) {
      await clock.until(millis(clock.now() + EVERY), signal);
      left = MOST_ASKED;
      for (const path of comeUpon) {
        comeUpon.delete(path);
        const damage = scrub.damageAt(bytesToBinary(hexToBytes(path)!));
        if (damage !== undefined) await note(damage);
      }
      const {damages, isRoundOver} = scrub.step(STEP);
      for (const damage of damages) await note(damage);
      if (isRoundOver) findings.roundOverAt = wallClock.now();
    }
  };
  work().catch((error: unknown) => {
    if (!signal.aborted)
      logger.log("error", "store", "the database is not looked at any more", {error});
  });
  return findings;
}
