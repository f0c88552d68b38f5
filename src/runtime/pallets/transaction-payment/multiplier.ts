import {MAX_U128} from "#codec";
import {minWeight, type Weight} from "#primitives";
import {divideRoundHalfDown, ONE} from "./fixed-point.ts";

/** How the price of weight follows demand (spec/pallets §9.2). All fixed point with 18 decimals. */
export interface MultiplierConfig {
  /** Wanted share of the Normal weight, in parts per million of the limit. */
  readonly targetPpm: bigint;
  /** How strongly the price moves. */
  readonly variability: bigint;
  readonly minimum: bigint;
}

const BILLION = 1_000_000_000n;

/** Parts per billion of `part` in `whole`, rounded down; nothing of nothing is everything. */
function share(part: bigint, whole: bigint): bigint {
  if (whole === 0n) return BILLION;
  return part >= whole ? BILLION : (part * BILLION) / whole;
}

/** The multiplier of the next block, from this block's Normal weight. */
export function nextMultiplier(
  stored: bigint,
  normalWeight: Weight,
  normalLimit: Weight,
  {targetPpm, variability, minimum}: MultiplierConfig,
): bigint {
  const previous = stored > minimum ? stored : minimum;
  const used = minWeight(normalWeight, normalLimit);
  const timeShare = share(used.refTime, normalLimit.refTime);
  const proofShare = share(used.proofSize, normalLimit.proofSize);
  const byProof = proofShare > timeShare;
  const limit = byProof ? normalLimit.proofSize : normalLimit.refTime;
  const amount = byProof ? used.proofSize : used.refTime;

  const target = divideRoundHalfDown(targetPpm * limit, 1_000_000n);
  const above = amount >= target;
  const distance = above ? amount - target : target - amount;
  const diff = (distance * ONE) / (limit === 0n ? 1n : limit);
  const first = (variability * diff) / ONE;
  const halfSquare = (variability * variability) / ONE / 2n;
  const second = (halfSquare * ((diff * diff) / ONE)) / ONE;

  const next = above
    ? previous + ((first + second) * previous) / ONE
    : previous - ((first > second ? first - second : 0n) * previous) / ONE;
  if (next < minimum) return minimum;
  return next > MAX_U128 ? MAX_U128 : next;
}
