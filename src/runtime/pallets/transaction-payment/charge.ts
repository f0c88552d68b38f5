import {err, ok} from "#base";
import {compactU128, MAX_U64, newtype, unit} from "#codec";
import {
  type AccountId,
  type DispatchInfo,
  invalid,
  maxWeight,
  minWeight,
  weightOf,
} from "#primitives";
import type {Externalities} from "#state";
import {type Depositor, extension} from "../../frame/index.ts";
import type {Currency} from "../balances/index.ts";
import {actualWeight, type BlockLength, type BlockWeights, ofClass} from "../system/index.ts";
import type {TRANSACTION_PAYMENT_EVENTS} from "./events.ts";
import type {FeeCalculator} from "./fee.ts";

/** Takes what was paid: the fee and the tip together, in planck. What it does not keep it must burn. */
export type FeeSink = (state: Externalities, amount: bigint) => void;

export interface ChargeConfig {
  readonly fees: FeeCalculator;
  readonly currency: Currency;
  readonly sink: FeeSink;
  readonly blockWeights: BlockWeights;
  readonly blockLength: BlockLength;
  readonly operationalFeeMultiplier: bigint;
  readonly events: {
    TransactionFeePaid: Depositor<(typeof TRANSACTION_PAYMENT_EVENTS)["TransactionFeePaid"][1]>;
  };
}

interface Paid {
  readonly who: AccountId;
  readonly tip: bigint;
  readonly withdrawn: bigint;
}

/**
 * The place of a transaction in the queue (spec/pallets §5.5): how many of its kind would fill a block, times the
 * tip; so that small ones go first and a tip buys a better place.
 */
export function priority(
  {blockWeights, blockLength, operationalFeeMultiplier}: ChargeConfig,
  info: DispatchInfo,
  length: number,
  tip: bigint,
  finalFee: bigint,
): bigint {
  const {maxBlock} = blockWeights;
  const maxLength = ofClass(blockLength.max, info.class);
  const weight = minWeight(maxWeight(info.weight, weightOf(1n, 1n)), maxBlock);
  const bounded = BigInt(Math.min(Math.max(length, 1), maxLength));
  const fits = [
    maxBlock.refTime / weight.refTime,
    maxBlock.proofSize / weight.proofSize,
    BigInt(maxLength) / bounded,
  ].reduce((least, count) => (count < least ? count : least));
  let result = fits * (tip + 1n);
  if (info.class === "Operational") result += fits * finalFee * operationalFeeMultiplier;
  return result > MAX_U64 ? MAX_U64 : result;
}

/** Takes the fee before the call runs and settles it afterwards (spec/pallets §9.3). */
export function chargeTransactionPayment(config: ChargeConfig) {
  const {fees, currency, sink, events} = config;
  const charged = (
    take: Currency["withdraw"],
    state: Externalities,
    input: {who: AccountId; info: DispatchInfo; length: number; extra: bigint},
  ) => {
    const fee = fees.declaredFee(state, input.length, input.info, input.extra);
    const taken = take(state, input.who, fee);
    return taken.ok ? ok(fee) : err(invalid("Payment"));
  };
  const withdraw: Currency["withdraw"] = (...taken) => currency.withdraw(...taken);
  const canWithdraw: Currency["withdraw"] = (...taken) => currency.canWithdraw(...taken);
  return extension<bigint, undefined, Paid>({
    identifier: "ChargeTransactionPayment",
    // The tip has no name of its own: clients that build on the metadata give the bare number.
    extra: newtype(compactU128, {
      path: "pallet_transaction_payment::ChargeTransactionPayment",
      params: [{name: "T", type: undefined}],
    }),
    additional: unit,
    additionalSigned: () => ok(undefined),
    // Nobody sees a state in which only a fee was taken: whether it could be is all that is asked.
    validate(state, input) {
      const fee = charged(canWithdraw, state, input);
      if (!fee.ok) return fee;
      return ok({priority: priority(config, input.info, input.length, input.extra, fee.value)});
    },
    preDispatch(state, input) {
      const fee = charged(withdraw, state, input);
      if (!fee.ok) return fee;
      return ok({who: input.who, tip: input.extra, withdrawn: fee.value});
    },
    postDispatch(state, {pre, info, post, length}) {
      if (pre === undefined) return;
      const paysFee = info.paysFee === "No" || post.paysFee === "No" ? "No" : "Yes";
      const weight = actualWeight(post.actualWeight, info);
      const actualFee = fees.fee(state, {length, weight, class: info.class, paysFee, tip: pre.tip});
      const refund = pre.withdrawn - actualFee;
      const refunded = currency.depositIntoExisting(state, pre.who, refund).ok ? refund : 0n;
      const kept = pre.withdrawn - refunded;
      if (kept > 0n) sink(state, kept);
      events.TransactionFeePaid(state, {who: pre.who, actualFee, tip: pre.tip});
    },
  });
}
