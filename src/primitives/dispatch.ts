import {
  type Codec,
  fixedBytes,
  option,
  result,
  struct,
  u8,
  unit,
  type ValueOf,
  variant,
} from "#codec";
import {type Weight, weight} from "./weight.ts";

/** How an extrinsic counts against the block's limits. */
export type DispatchClass = "Normal" | "Operational" | "Mandatory";
export type Pays = "Yes" | "No";

/** A variant without fields, read and written as its bare name. */
function plain<Name extends string>(names: readonly Name[], path: string): Codec<Name> {
  const cases = Object.fromEntries(names.map((name, index) => [name, [index, unit] as const]));
  const codec = variant(cases, {path});
  return {
    info: codec.info,
    typeName: codec.typeName,
    encodeTo: (value, sink) => sink.u8(names.indexOf(value)),
    decodeFrom: source => codec.decodeFrom(source).type as Name,
  };
}

export const dispatchClass = plain<DispatchClass>(
  ["Normal", "Operational", "Mandatory"],
  "frame_support::dispatch::DispatchClass",
);
export const pays = plain<Pays>(["Yes", "No"], "frame_support::dispatch::Pays");

export interface DispatchInfo {
  readonly weight: Weight;
  readonly class: DispatchClass;
  readonly paysFee: Pays;
}

export const dispatchInfo: Codec<DispatchInfo> = struct(
  {weight, class: dispatchClass, paysFee: pays},
  {path: "frame_support::dispatch::DispatchInfo"},
);

export const TOKEN_ERRORS = [
  "FundsUnavailable",
  "OnlyProvider",
  "BelowMinimum",
  "CannotCreate",
  "UnknownAsset",
  "Frozen",
  "Unsupported",
  "CannotCreateHold",
  "NotExpendable",
  "Blocked",
] as const;
export type TokenError = (typeof TOKEN_ERRORS)[number];

export const ARITHMETIC_ERRORS = ["Underflow", "Overflow", "DivisionByZero"] as const;
export type ArithmeticError = (typeof ARITHMETIC_ERRORS)[number];

const moduleError = struct(
  {index: u8, error: fixedBytes(4)},
  {path: "sp_runtime::ModuleError", typeName: "ModuleError"},
);

/** Why a call failed (spec/pallets §3). `Other` carries no text on the wire. */
export const dispatchError = variant(
  {
    Other: [0, unit],
    CannotLookup: [1, unit],
    BadOrigin: [2, unit],
    Module: [3, moduleError],
    ConsumerRemaining: [4, unit],
    NoProviders: [5, unit],
    TooManyConsumers: [6, unit],
    Token: [7, plain(TOKEN_ERRORS, "sp_runtime::TokenError")],
    Arithmetic: [8, plain(ARITHMETIC_ERRORS, "sp_arithmetic::ArithmeticError")],
    Transactional: [9, plain(["LimitReached", "NoLayer"], "sp_runtime::TransactionalError")],
    Exhausted: [10, unit],
    Corruption: [11, unit],
    Unavailable: [12, unit],
    RootNotAllowed: [13, unit],
  },
  {path: "sp_runtime::DispatchError"},
);
export type DispatchError = ValueOf<typeof dispatchError>;

/** `Result<(), DispatchError>`: what an applied extrinsic came to. */
export const dispatchOutcome = result(unit, dispatchError);
export type DispatchOutcome = ValueOf<typeof dispatchOutcome>;

/** What a call says after the fact: its real weight (when less than declared) and whether it still pays. */
export const postDispatchInfo = struct({actualWeight: option(weight), paysFee: pays});

export {plain as plainVariant};
