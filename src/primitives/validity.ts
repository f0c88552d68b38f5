import {
  bool,
  bytes,
  type Codec,
  MAX_U64,
  result,
  struct,
  u8,
  u64,
  unit,
  type ValueOf,
  variant,
  vec,
} from "#codec";
import {dispatchOutcome, plainVariant} from "./dispatch.ts";

/** Why a transaction is certainly not valid (spec/pallets §3). */
export const invalidTransaction = variant(
  {
    Call: [0, unit],
    Payment: [1, unit],
    Future: [2, unit],
    Stale: [3, unit],
    BadProof: [4, unit],
    AncientBirthBlock: [5, unit],
    ExhaustsResources: [6, unit],
    Custom: [7, u8],
    BadMandatory: [8, unit],
    MandatoryValidation: [9, unit],
    BadSigner: [10, unit],
  },
  {path: "sp_runtime::transaction_validity::InvalidTransaction"},
);
export type InvalidTransaction = ValueOf<typeof invalidTransaction>;

/** Why a transaction's validity cannot be told. */
export const unknownTransaction = variant(
  {CannotLookup: [0, unit], NoUnsignedValidator: [1, unit], Custom: [2, u8]},
  {path: "sp_runtime::transaction_validity::UnknownTransaction"},
);
export type UnknownTransaction = ValueOf<typeof unknownTransaction>;

export const validityError = variant(
  {Invalid: [0, invalidTransaction], Unknown: [1, unknownTransaction]},
  {path: "sp_runtime::transaction_validity::TransactionValidityError"},
);
export type ValidityError = ValueOf<typeof validityError>;

export const invalid = (
  type: Exclude<InvalidTransaction["type"], "Custom">,
): {readonly type: "Invalid"; readonly value: InvalidTransaction} => ({
  type: "Invalid",
  value: {type},
});

/** Where a transaction came from. */
export type TransactionSource = "InBlock" | "Local" | "External";
export const transactionSource = plainVariant<TransactionSource>(
  ["InBlock", "Local", "External"],
  "sp_runtime::transaction_validity::TransactionSource",
);

/** What the runtime says of a valid transaction: its place in the pool, in opaque tags. */
export interface ValidTransaction {
  readonly priority: bigint;
  readonly requires: Uint8Array[];
  readonly provides: Uint8Array[];
  /** Blocks it stays valid for, from the block after the one it was checked on. */
  readonly longevity: bigint;
  readonly propagate: boolean;
}

export const validTransaction: Codec<ValidTransaction> = struct(
  {priority: u64, requires: vec(bytes), provides: vec(bytes), longevity: u64, propagate: bool},
  {path: "sp_runtime::transaction_validity::ValidTransaction"},
);

export const DEFAULT_VALIDITY: ValidTransaction = {
  priority: 0n,
  requires: [],
  provides: [],
  longevity: MAX_U64,
  propagate: true,
};

/** Two opinions on one transaction as one (spec/pallets §3). */
export function combineValidity(
  a: ValidTransaction,
  {
    priority = 0n,
    requires = [],
    provides = [],
    longevity,
    propagate = true,
  }: Partial<ValidTransaction>,
): ValidTransaction {
  const sum = a.priority + priority;
  return {
    priority: sum > MAX_U64 ? MAX_U64 : sum,
    requires: requires.length === 0 ? a.requires : [...a.requires, ...requires],
    provides: provides.length === 0 ? a.provides : [...a.provides, ...provides],
    longevity: longevity === undefined || a.longevity < longevity ? a.longevity : longevity,
    propagate: a.propagate && propagate,
  };
}

export const transactionValidity = result(validTransaction, validityError);
export type TransactionValidity = ValueOf<typeof transactionValidity>;

/** Outer: may it stand in the block. Inner: did its call succeed. */
export const applyExtrinsicResult = result(dispatchOutcome, validityError);
export type ApplyExtrinsicResult = ValueOf<typeof applyExtrinsicResult>;
