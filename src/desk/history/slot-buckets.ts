import type {SlotOutcome, SlotRecord} from "../vocabulary.ts";

/** What became of the own slots of one step of time. */
export interface SlotBucket {
  /** When the step began, Unix time in milliseconds. */
  readonly at: number;
  readonly made: number;
  readonly missed: number;
  /** Of the missed ones, how many for which reason. */
  readonly reasons: Readonly<Partial<Record<SlotOutcome, number>>>;
}

/** Steps of a chart at most, and lengths that people count time in. */
const MOST_STEPS = 120;
const SECOND = 1_000;
const STEPS = [
  ...[5, 10, 30, 60, 300, 600, 1_800].map(each => each * SECOND),
  ...[1, 2, 6, 12, 24].map(each => each * 3_600 * SECOND),
];

/** How long steps are, for a range of so many milliseconds. */
export const stepOf = (range: number): number =>
  STEPS.find(step => range / step <= MOST_STEPS) ?? STEPS.at(-1)!;

const MADE: ReadonlySet<SlotOutcome> = new Set(["produced", "final"]);

/** Oldest first; steps without own slots are left out. What was not the account's turn yet is no slot of its own. */
export function slotBuckets(
  records: readonly Pick<SlotRecord, "at" | "outcome">[],
  step: number,
): readonly SlotBucket[] {
  const buckets = new Map<
    number,
    {made: number; missed: number; reasons: Partial<Record<SlotOutcome, number>>}
  >();
  for (const {at: moment, outcome} of records) {
    if (outcome === "not-in-set-yet") continue;
    const at = Math.floor(moment / step) * step;
    const bucket = buckets.get(at) ?? {made: 0, missed: 0, reasons: {}};
    buckets.set(at, bucket);
    if (MADE.has(outcome)) bucket.made++;
    else {
      bucket.missed++;
      bucket.reasons[outcome] = (bucket.reasons[outcome] ?? 0) + 1;
    }
  }
  return [...buckets]
    .map(([at, bucket]) => ({at, ...bucket}))
    .sort((one, other) => one.at - other.at);
}
