import {type Codec, MAX_U128, option, struct, u128} from "#codec";
import {
  type DispatchClass,
  type DispatchInfo,
  dispatchClass,
  minWeight,
  type Pays,
  type Weight,
  weight,
} from "#primitives";
import type {Externalities} from "#state";
import {type BlockWeights, ofClass} from "../system/index.ts";
import {divideRoundHalfDown, ONE} from "./fixed-point.ts";

/** The parts of a fee, in planck, tip excluded. */
export interface InclusionFee {
  readonly baseFee: bigint;
  readonly lenFee: bigint;
  readonly adjustedWeightFee: bigint;
}

export interface FeeConfig {
  /** Planck per 10^9 picoseconds of ref_time (upstream: a coefficient in parts per billion). */
  readonly feePerBillionRefTime: bigint;
  readonly feePerByte: bigint;
  readonly blockWeights: BlockWeights;
}

/** Fees are balances: upstream adds and multiplies them with saturation. */
const saturated = (planck: bigint): bigint => (planck > MAX_U128 ? MAX_U128 : planck);

const BILLION = 1_000_000_000n;

/** Computes fees (spec/pallets §9.1). Only ref_time has a price. */
export class FeeCalculator {
  readonly #config: FeeConfig;
  readonly #multiplier: (state: Externalities) => bigint;
  readonly #baseFees = new Map<DispatchClass, bigint>();
  /** A transaction asks for the fee of its weight three times in a row: in the pool, before and after its call. */
  #last = {refTime: 0n, fee: 0n};

  constructor(config: FeeConfig, multiplier: (state: Externalities) => bigint) {
    this.#config = config;
    this.#multiplier = multiplier;
  }

  weightToFee({refTime}: Weight): bigint {
    if (refTime === this.#last.refTime) return this.#last.fee;
    const {feePerBillionRefTime: price, blockWeights} = this.#config;
    const max = blockWeights.maxBlock.refTime;
    const time = refTime < max ? refTime : max;
    const fee = (time / BILLION) * price + divideRoundHalfDown((time % BILLION) * price, BILLION);
    this.#last = {refTime, fee};
    return fee;
  }

  /** Of each class for ever the same. */
  #baseFee(which: DispatchClass): bigint {
    let fee = this.#baseFees.get(which);
    if (fee === undefined) {
      fee = this.weightToFee(ofClass(this.#config.blockWeights.perClass, which).baseExtrinsic);
      this.#baseFees.set(which, fee);
    }
    return fee;
  }

  lengthToFee(length: number): bigint {
    return saturated(BigInt(length) * this.#config.feePerByte);
  }

  inclusionFee(
    state: Externalities,
    length: number,
    weight: Weight,
    which: DispatchClass,
  ): InclusionFee {
    const {maxBlock} = this.#config.blockWeights;
    return {
      baseFee: this.#baseFee(which),
      lenFee: this.lengthToFee(length),
      adjustedWeightFee: saturated(
        (this.#multiplier(state) * this.weightToFee(minWeight(weight, maxBlock))) / ONE,
      ),
    };
  }

  /** What an extrinsic costs altogether; only the tip when it does not pay. */
  fee(
    state: Externalities,
    of: {length: number; weight: Weight; class: DispatchClass; paysFee: Pays; tip: bigint},
  ): bigint {
    if (of.paysFee === "No") return of.tip;
    const parts = this.inclusionFee(state, of.length, of.weight, of.class);
    return saturated(parts.baseFee + parts.lenFee + parts.adjustedWeightFee + of.tip);
  }

  declaredFee(state: Externalities, length: number, info: DispatchInfo, tip: bigint): bigint {
    const {weight: declared, class: which, paysFee} = info;
    return this.fee(state, {length, weight: declared, class: which, paysFee, tip});
  }
}

/** `TransactionPaymentApi_query_info`. */
export const runtimeDispatchInfo = struct(
  {weight, class: dispatchClass, partialFee: u128},
  {
    path: "pallet_transaction_payment::types::RuntimeDispatchInfo",
    params: [
      {name: "Balance", type: u128.info},
      {name: "Weight", type: weight.info},
    ],
  },
);

const inclusionFee: Codec<InclusionFee> = struct(
  {baseFee: u128, lenFee: u128, adjustedWeightFee: u128},
  {
    path: "pallet_transaction_payment::types::InclusionFee",
    params: [{name: "Balance", type: u128.info}],
  },
);

/** `TransactionPaymentApi_query_fee_details`. The tip is not part of the runtime's answer. */
export const feeDetails = struct(
  {inclusionFee: option(inclusionFee), tip: u128},
  {
    path: "pallet_transaction_payment::types::FeeDetails",
    params: [{name: "Balance", type: u128.info}],
  },
);
