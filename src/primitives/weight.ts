import {type Codec, compactU64, MAX_U64, struct} from "#codec";

/**
 * What a piece of work costs a block, in two dimensions: `refTime` in picoseconds on reference hardware,
 * `proofSize` in bytes of storage proof. Both u64; arithmetic saturates.
 */
export interface Weight {
  readonly refTime: bigint;
  readonly proofSize: bigint;
}

export const weight: Codec<Weight> = struct(
  {refTime: compactU64, proofSize: compactU64},
  {path: "sp_weights::weight_v2::Weight", typeName: "Weight"},
);

export const ZERO_WEIGHT: Weight = {refTime: 0n, proofSize: 0n};

export function weightOf(refTime: bigint, proofSize: bigint = 0n): Weight {
  return {refTime, proofSize};
}

function saturate(value: bigint): bigint {
  return value < 0n ? 0n : value > MAX_U64 ? MAX_U64 : value;
}

export function addWeight(a: Weight, b: Weight): Weight {
  return {
    refTime: saturate(a.refTime + b.refTime),
    proofSize: saturate(a.proofSize + b.proofSize),
  };
}

export function subtractWeight(a: Weight, b: Weight): Weight {
  return {
    refTime: saturate(a.refTime - b.refTime),
    proofSize: saturate(a.proofSize - b.proofSize),
  };
}

export function scaleWeight(weight: Weight, by: bigint): Weight {
  return {refTime: saturate(weight.refTime * by), proofSize: saturate(weight.proofSize * by)};
}

/** The smaller of each component. */
export function minWeight(a: Weight, b: Weight): Weight {
  return {
    refTime: a.refTime < b.refTime ? a.refTime : b.refTime,
    proofSize: a.proofSize < b.proofSize ? a.proofSize : b.proofSize,
  };
}

/** The larger of each component. */
export function maxWeight(a: Weight, b: Weight): Weight {
  return {
    refTime: a.refTime > b.refTime ? a.refTime : b.refTime,
    proofSize: a.proofSize > b.proofSize ? a.proofSize : b.proofSize,
  };
}

/** True when `a` is larger than `b` in at least one dimension. */
export function exceedsAny(a: Weight, b: Weight): boolean {
  return a.refTime > b.refTime || a.proofSize > b.proofSize;
}
