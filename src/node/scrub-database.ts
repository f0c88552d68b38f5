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

/** Damages to be mended that are remembered: a few pages of the database. Of more, the next round comes by. */
const MOST_WANTED = 4_096;

/** A damage of which it is known what was lost. */
interface Wanted {
  readonly lost: Lost;
  /** In which it was met last. */
  round: number;
  /** When it was last tried, in the clock's milliseconds. */
  askedAt: number | undefined;
}

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
  const wanted = new Map<string, Wanted>();
  const scrub = store.scrub();
  let round = 0;
  /** Whether it is told; by the words of a damage the round in which it was met last. */
  const met = new Map<string, number>();
  const note = ({words, lost}: ScrubDamage): boolean => {
    const isNew = !findings.damages.has(words);
    if (isNew && findings.damages.size < MOST_TOLD) findings.damages.add(words);
    if (findings.damages.has(words)) met.set(words, round);
    const known = wanted.get(words);
    if (known !== undefined) known.round = round;
    else if (lost !== undefined && wanted.size < MOST_WANTED) {
      wanted.set(words, {lost, round, askedAt: undefined});
    }
    return isNew && findings.damages.has(words);
  };
  /** What no whole round has met any more was mended by others, or went with its block. */
  const roundIsOver = () => {
    for (const [words, last] of met) {
      if (last >= round - 1) continue;
      met.delete(words);
      findings.damages.delete(words);
    }
    for (const [words, {round: last}] of wanted) if (last < round - 1) wanted.delete(words);
    round++;
    findings.roundOverAt = wallClock.now();
  };
  const mended = (words: string, from: "rest" | {readonly peer: string}) => {
    for (const known of [wanted, met, findings.damages]) known.delete(words);
    findings.mended++;
    onMended();
    const whose = from === "rest" ? "the rest of it" : "what a peer had";
    logger.log("warn", "store", `mended a damage of the database by ${whose}`, {
      damage: words,
      ...(from === "rest" ? {} : from),
    });
  };
  const askFor = async (words: string, one: Wanted) => {
    one.askedAt = clock.now();
    const from = await mend(scrub, one.lost).catch((error: unknown) => {
      // What it takes to know what was lost may be damaged as well.
      logger.log("error", "store", "a damage of the database could not be mended", {error});
      return undefined;
    });
    if (from !== undefined) mended(words, from);
  };
  const isDue = ({askedAt}: Wanted) =>
    askedAt === undefined || clock.now() - askedAt >= ASKED_AGAIN;
  /** As many as are asked for between two looks, those first that nobody was asked for yet. */
  const mendSome = async () => {
    const due = [...wanted].filter(([, one]) => isDue(one));
    const inOrder = due.sort(([, a], [, b]) => (a.askedAt ?? -1) - (b.askedAt ?? -1));
    for (const [words, one] of inOrder.slice(0, MOST_ASKED)) await askFor(words, one);
  };
  const tell = ({words, lost}: ScrubDamage) => {
    const why =
      lost === undefined
        ? " where a running node cannot mend it"
        : wanted.get(words)?.askedAt !== undefined
          ? ", and neither the rest of it nor a peer that was asked has what is lost"
          : "";
    logger.log("error", "store", `the database is damaged${why}; ${BY_CHECK}`, {damage: words});
  };
  const work = async () => {
    for (;;) {
      await clock.until(millis(clock.now() + EVERY), signal);
      const found: ScrubDamage[] = [];
      for (const path of comeUpon) {
        comeUpon.delete(path);
        const damage = scrub.damageAt(bytesToBinary(hexToBytes(path)!));
        if (damage !== undefined) found.push(damage);
      }
      const {damages, isRoundOver} = scrub.step(STEP);
      const news = [...found, ...damages].filter(note);
      await mendSome();
      for (const damage of news) if (findings.damages.has(damage.words)) tell(damage);
      if (isRoundOver) roundIsOver();
    }
  };
  work().catch((error: unknown) => {
    if (!signal.aborted)
      logger.log("error", "store", "the database is not looked at any more", {error});
  });
  return findings;
}
