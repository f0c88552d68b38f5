import {err, ok, type Result} from "#base";
import {unit} from "#codec";
import {
  addWeight,
  type DispatchInfo,
  exceedsAny,
  invalid,
  subtractWeight,
  type ValidityError,
  type Weight,
} from "#primitives";
import type {Externalities} from "#state";
import {extension, type StorageValue} from "../frame/index.ts";
import {
  actualWeight,
  type BlockLength,
  type BlockWeights,
  ofClass,
  type PerDispatchClass,
  withClass,
} from "../pallets/system/index.ts";
import {marker} from "./marker.ts";

export interface CheckWeightConfig {
  readonly weights: BlockWeights;
  readonly length: BlockLength;
  readonly blockWeight: StorageValue<PerDispatchClass<Weight>, PerDispatchClass<Weight>>;
  readonly allExtrinsicsLen: StorageValue<number, undefined>;
}

const EXHAUSTED: Result<never, ValidityError> = err(invalid("ExhaustsResources"));

/** Keeps a block within its length and weight, class by class (spec/pallets §5.3). */
export const checkWeight = ({
  weights,
  length,
  blockWeight,
  allExtrinsicsLen,
}: CheckWeightConfig) => {
  const nextLength = (
    state: Externalities,
    info: DispatchInfo,
    bytes: number,
  ): Result<number, ValidityError> => {
    const total = (allExtrinsicsLen.get(state) ?? 0) + bytes;
    return total > ofClass(length.max, info.class) ? EXHAUSTED : ok(total);
  };

  const singleFits = (info: DispatchInfo): boolean => {
    const {maxExtrinsic} = ofClass(weights.perClass, info.class);
    return maxExtrinsic === undefined || !exceedsAny(info.weight, maxExtrinsic);
  };

  const nextWeight = (
    state: Externalities,
    info: DispatchInfo,
  ): Result<PerDispatchClass<Weight>, ValidityError> => {
    const all = blockWeight.get(state);
    const limits = ofClass(weights.perClass, info.class);
    const added = addWeight(info.weight, limits.baseExtrinsic);
    const ofThisClass = addWeight(ofClass(all, info.class), added);
    const next = withClass(all, info.class, ofThisClass);
    if (limits.maxTotal !== undefined && exceedsAny(ofThisClass, limits.maxTotal)) return EXHAUSTED;
    const sum = [next.normal, next.operational, next.mandatory].reduce(addWeight);
    if (exceedsAny(sum, weights.maxBlock)) {
      const {reserved} = limits;
      if (reserved !== undefined && exceedsAny(ofThisClass, reserved)) return EXHAUSTED;
    }
    return ok(next);
  };

  const validate = (state: Externalities, info: DispatchInfo, bytes: number) => {
    const total = nextLength(state, info, bytes);
    if (!total.ok) return total;
    return singleFits(info) ? ok({}) : EXHAUSTED;
  };

  const preDispatch = (
    state: Externalities,
    info: DispatchInfo,
    bytes: number,
  ): Result<undefined, ValidityError> => {
    const total = nextLength(state, info, bytes);
    if (!total.ok) return total;
    const weight = nextWeight(state, info);
    if (!weight.ok) return weight;
    if (!singleFits(info)) return EXHAUSTED;
    allExtrinsicsLen.set(state, total.value);
    blockWeight.set(state, weight.value);
    return ok(undefined);
  };

  return extension<undefined, undefined, undefined>({
    identifier: "CheckWeight",
    extra: marker("frame_system::extensions::check_weight::CheckWeight"),
    additional: unit,
    additionalSigned: () => ok(undefined),
    validate: (state, input) => validate(state, input.info, input.length),
    preDispatch: (state, input) => preDispatch(state, input.info, input.length),
    validateUnsigned: (state, input) => validate(state, input.info, input.length),
    preDispatchUnsigned(state, input) {
      const checked = preDispatch(state, input.info, input.length);
      return checked.ok ? ok() : checked;
    },
    postDispatch(state, {info, post}) {
      const unspent = subtractWeight(info.weight, actualWeight(post.actualWeight, info));
      if (unspent.refTime === 0n && unspent.proofSize === 0n) return;
      const all = blockWeight.get(state);
      const left = subtractWeight(ofClass(all, info.class), unspent);
      blockWeight.set(state, withClass(all, info.class, left));
    },
  });
};
