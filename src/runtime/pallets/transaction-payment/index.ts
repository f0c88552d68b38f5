/**
 * TransactionPayment: what a transaction costs and who gets it. A fee has a part for being there at all, one per
 * byte, and one for the weight, which a multiplier makes dearer after full blocks and cheaper after empty ones.
 * It is withdrawn before the call runs; what the call did not use comes back afterwards.
 *
 * Out of scope: where fees go, which the chain's composition says (`FeeSink`).
 */
import {newtype, u8, u128} from "#codec";
import type {Weight} from "#primitives";
import {plainVariant} from "#primitives";
import type {Externalities} from "#state";
import type {StorageValue} from "../../frame/index.ts";
import {constant, eventCodec, type Pallet, type PalletScope} from "../../frame/index.ts";
import type {Currency} from "../balances/index.ts";
import {
  type BlockLength,
  type BlockWeights,
  ofClass,
  type PerDispatchClass,
} from "../system/index.ts";
import {chargeTransactionPayment, type FeeSink} from "./charge.ts";
import {TRANSACTION_PAYMENT_EVENTS} from "./events.ts";
import {FeeCalculator, type FeeConfig} from "./fee.ts";
import {ONE} from "./fixed-point.ts";
import {type MultiplierConfig, nextMultiplier} from "./multiplier.ts";

export type {FeeSink} from "./charge.ts";
export {type FeeCalculator, feeDetails, runtimeDispatchInfo} from "./fee.ts";
export type {MultiplierConfig} from "./multiplier.ts";

export interface TransactionPaymentConfig {
  readonly fee: Omit<FeeConfig, "blockWeights">;
  readonly multiplier: MultiplierConfig;
  readonly operationalFeeMultiplier: number;
  readonly sink: FeeSink;
  readonly blockWeights: BlockWeights;
  readonly blockLength: BlockLength;
}

const releases = plainVariant(["V1Ancient", "V2"], "pallet_transaction_payment::Releases");

export type TransactionPayment = ReturnType<typeof createTransactionPayment>;

export function createTransactionPayment(
  scope: PalletScope,
  config: TransactionPaymentConfig,
  dependencies: {
    currency: Currency;
    blockWeight: StorageValue<PerDispatchClass<Weight>, PerDispatchClass<Weight>>;
  },
) {
  const storage = {
    nextFeeMultiplier: scope.storage.value(
      "NextFeeMultiplier",
      newtype(u128, {path: "sp_arithmetic::fixed_point::FixedU128"}),
      {docs: "The price of weight, relative to its base price.", fallback: ONE},
    ),
    storageVersion: scope.storage.value("StorageVersion", releases, {
      docs: "The storage layout of this pallet.",
      fallback: "V1Ancient",
    }),
  };
  const events = scope.events(TRANSACTION_PAYMENT_EVENTS);
  const fees = new FeeCalculator({...config.fee, blockWeights: config.blockWeights}, state =>
    storage.nextFeeMultiplier.get(state),
  );
  const charge = chargeTransactionPayment({
    fees,
    currency: dependencies.currency,
    sink: config.sink,
    blockWeights: config.blockWeights,
    blockLength: config.blockLength,
    operationalFeeMultiplier: BigInt(config.operationalFeeMultiplier),
    events,
  });
  const normalLimit =
    ofClass(config.blockWeights.perClass, "Normal").maxTotal ?? config.blockWeights.maxBlock;

  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "What a transaction costs.",
    crate: "pallet_transaction_payment",
    storageVersion: 0,
    storage: scope.storage.entries,
    events: eventCodec("pallet_transaction_payment", TRANSACTION_PAYMENT_EVENTS),
    constants: [
      constant(
        "OperationalFeeMultiplier",
        u8,
        config.operationalFeeMultiplier,
        "By how much the fee of an Operational transaction counts for its priority.",
      ),
    ],
    hooks: {
      onFinalize(state: Externalities) {
        const {normal} = dependencies.blockWeight.get(state);
        const next = nextMultiplier(
          storage.nextFeeMultiplier.get(state),
          normal,
          normalLimit,
          config.multiplier,
        );
        storage.nextFeeMultiplier.set(state, next);
      },
    },
  };
  return {pallet, storage, fees, charge};
}
