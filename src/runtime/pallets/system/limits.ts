import {type Codec, option, struct, u32, u64} from "#codec";
import {type DispatchClass, subtractWeight, type Weight, weight, weightOf} from "#primitives";

/** One of something for each dispatch class. */
export interface PerDispatchClass<T> {
  readonly normal: T;
  readonly operational: T;
  readonly mandatory: T;
}

export function perDispatchClass<T>(inner: Codec<T>): Codec<PerDispatchClass<T>> {
  return struct(
    {normal: inner, operational: inner, mandatory: inner},
    {path: "frame_support::dispatch::PerDispatchClass", params: [{name: "T", type: inner.info}]},
  );
}

const FIELD_OF_CLASS = {
  Normal: "normal",
  Operational: "operational",
  Mandatory: "mandatory",
} as const satisfies Record<DispatchClass, keyof PerDispatchClass<unknown>>;

export function ofClass<T>(all: PerDispatchClass<T>, which: DispatchClass): T {
  return all[FIELD_OF_CLASS[which]];
}

export function withClass<T>(
  all: PerDispatchClass<T>,
  which: DispatchClass,
  value: T,
): PerDispatchClass<T> {
  return {...all, [FIELD_OF_CLASS[which]]: value};
}

/** Limits of one class. Undefined `maxTotal`: not limited. Undefined `reserved`: may use the whole block. */
export interface ClassLimits {
  readonly baseExtrinsic: Weight;
  readonly maxExtrinsic: Weight | undefined;
  readonly maxTotal: Weight | undefined;
  readonly reserved: Weight | undefined;
}

export interface BlockWeights {
  readonly baseBlock: Weight;
  readonly maxBlock: Weight;
  readonly perClass: PerDispatchClass<ClassLimits>;
}

const classLimits: Codec<ClassLimits> = struct(
  {
    baseExtrinsic: weight,
    maxExtrinsic: option(weight),
    maxTotal: option(weight),
    reserved: option(weight),
  },
  {path: "frame_system::limits::WeightsPerClass"},
);

export const blockWeights: Codec<BlockWeights> = struct(
  {baseBlock: weight, maxBlock: weight, perClass: perDispatchClass(classLimits)},
  {path: "frame_system::limits::BlockWeights"},
);

export interface BlockLength {
  readonly max: PerDispatchClass<number>;
}

export const blockLength: Codec<BlockLength> = struct(
  {max: perDispatchClass(u32)},
  {path: "frame_system::limits::BlockLength"},
);

export const dbWeight = struct({read: u64, write: u64}, {path: "sp_weights::RuntimeDbWeight"});

/** 75 % of a block is for Normal calls, 5 % is set apart for what hooks do (spec/pallets §2). */
const NORMAL_PERCENT = 75n;
const HOOKS_PERCENT = 5n;

/** Parts per million first, then of the whole, each rounded down: how upstream takes a percentage of a weight. */
function percentOf(whole: Weight, percent: bigint): Weight {
  return weightOf((whole.refTime * percent) / 100n, (whole.proofSize * percent) / 100n);
}

/** The limits that follow from the size of a block (spec/pallets §2.2). */
export function resolveBlockWeights(sizes: {
  maxBlock: Weight;
  baseBlock: Weight;
  baseExtrinsic: Weight;
}): BlockWeights {
  const {maxBlock, baseBlock, baseExtrinsic} = sizes;
  const normalTotal = percentOf(maxBlock, NORMAL_PERCENT);
  const setApart = percentOf(maxBlock, HOOKS_PERCENT);
  const largest = (total: Weight) => subtractWeight(subtractWeight(total, setApart), baseExtrinsic);
  return {
    baseBlock,
    maxBlock,
    perClass: {
      normal: {
        baseExtrinsic,
        maxExtrinsic: largest(normalTotal),
        maxTotal: normalTotal,
        reserved: weightOf(0n),
      },
      operational: {
        baseExtrinsic,
        maxExtrinsic: largest(maxBlock),
        maxTotal: maxBlock,
        reserved: subtractWeight(maxBlock, normalTotal),
      },
      mandatory: {
        baseExtrinsic,
        maxExtrinsic: undefined,
        maxTotal: undefined,
        reserved: undefined,
      },
    },
  };
}

export function resolveBlockLength(max: number): BlockLength {
  const normal = Number((BigInt(max) * NORMAL_PERCENT) / 100n);
  return {max: {normal, operational: max, mandatory: max}};
}
