import type {BlockReward, CollatorHistory} from "../contract/index.ts";

type Lag = CollatorHistory["lag"];
type Slots = CollatorHistory["slots"];

const SECOND = 1_000;

/**
 * Seconds since 1970 between which a chart is drawn: of the range as much as there is something of. Where things are added up by
 * steps, whole ones: a bar that is cut would look like less.
 */
export function drawnRange(
  {from, to}: Pick<CollatorHistory, "from" | "to">,
  first: number | null | undefined,
  step: number = SECOND,
): readonly [number, number] {
  const begin = Math.min(Math.max(from, first ?? from), to - SECOND);
  return [(Math.floor(begin / step) * step) / SECOND, (Math.ceil(to / step) * step) / SECOND];
}

/** Times and lags for a line that breaks where the node did not run. */
export function lagLine({points, step}: Pick<Lag, "points" | "step">): {
  readonly times: readonly number[];
  readonly lags: readonly (number | null)[];
} {
  const times: number[] = [];
  const lags: (number | null)[] = [];
  for (const [i, {at, most}] of points.entries()) {
    const before = points[i - 1]?.at;
    if (before !== undefined && at - before > 3 * step) {
      times.push((before + step) / SECOND);
      lags.push(null);
    }
    times.push(at / SECOND);
    lags.push(most);
  }
  return {times, lags};
}

/** Bars of own slots: the made ones stand on the axis, the missed ones on top of them. */
export function slotBars({buckets, step}: Pick<Slots, "buckets" | "step">): {
  readonly times: readonly number[];
  readonly made: readonly number[];
  readonly all: readonly number[];
} {
  return {
    // A bar stands in the middle of its time.
    times: buckets.map(({at}) => (at + step / 2) / SECOND),
    made: buckets.map(({made}) => made),
    all: buckets.map(({made, missed}) => made + missed),
  };
}

/** More bars than this are a wall. */
const MOST_BARS = 120;

/** By how much to add up what is spread over so long, all in ms: in whole steps of what is noted beside it. */
export const stepFor = (length: number, step: number): number =>
  step * Math.max(1, Math.ceil(length / (step * MOST_BARS)));

/** What blocks brought, added up by steps; null where it is not known of any. */
export function rewardBars(
  list: readonly {readonly at: number; readonly amount: BlockReward["amount"]}[],
  step: number,
  numberOf: (amount: string) => number | null,
): {readonly times: readonly number[]; readonly sums: readonly (number | null)[]} {
  const sums = new Map<number, bigint | null>();
  for (const {at: moment, amount} of list) {
    const at = Math.floor(moment / step) * step;
    const before = sums.get(at) ?? null;
    sums.set(at, amount === null ? before : (before ?? 0n) + BigInt(amount));
  }
  const order = [...sums].toSorted(([one], [other]) => one - other);
  return {
    times: order.map(([at]) => (at + step / 2) / SECOND),
    sums: order.map(([, sum]) => (sum === null ? null : numberOf(String(sum)))),
  };
}
