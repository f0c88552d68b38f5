import {
  type Codec,
  MAX_U32,
  MAX_U64,
  MAX_U128,
  type PrimitiveName,
  struct,
  u8,
  u32,
  u64,
  u128,
} from "#codec";
import {plainVariant} from "#primitives";

/** Where fees go: to the authors' pot, to the treasury account, or out of existence. */
export type FeeSinkChoice = "Pot" | "Treasury" | "Burn";

/** Who votes on finality: the invulnerables of genesis for ever, or the invulnerables of the day. */
export type FinalityVoters = "Genesis" | "Invulnerables";

/**
 * What makes one chain of ours differ from another without a change of code. They are SCALE, field by field in
 * this order, under the raw genesis key `:khala:parameters`, so that two nodes that disagree on one are on
 * different chains by hash.
 */
export interface Parameters {
  /** Format of what follows; 0. */
  readonly format: number;
  /** Milliseconds between blocks, even. */
  readonly slotDuration: bigint;
  /** Blocks per session. */
  readonly sessionPeriod: number;
  /** Blocks without authoring after which a candidate is kicked: a multiple of the session. */
  readonly kickThreshold: number;
  readonly minEligibleCollators: number;
  /** Planck; the bond at genesis, which root may change. */
  readonly candidacyBond: bigint;
  /** Candidates that may register at genesis; root may change it. */
  readonly desiredCandidates: number;
  readonly maxCandidates: number;
  readonly maxInvulnerables: number;
  readonly maxAuthorities: number;
  /** Planck. */
  readonly existentialDeposit: bigint;
  /** Picoseconds. */
  readonly maxBlockRefTime: bigint;
  /** Bytes of proof; at its maximum, since no proof has to fit anywhere. */
  readonly maxBlockProofSize: bigint;
  /** Bytes. */
  readonly maxBlockLength: number;
  readonly blockHashCount: number;
  /** Planck per 10^9 picoseconds of ref_time. */
  readonly feePerBillionRefTime: bigint;
  /** Planck. */
  readonly feePerByte: bigint;
  readonly feeSink: FeeSinkChoice;
  readonly finalityVoters: FinalityVoters;
}

const feeSink = plainVariant<FeeSinkChoice>(["Pot", "Treasury", "Burn"], "khala::FeeSink");
const finalityVoters = plainVariant<FinalityVoters>(
  ["Genesis", "Invulnerables"],
  "khala::FinalityVoters",
);

const FIELDS = {
  format: u8,
  slotDuration: u64,
  sessionPeriod: u32,
  kickThreshold: u32,
  minEligibleCollators: u32,
  candidacyBond: u128,
  desiredCandidates: u32,
  maxCandidates: u32,
  maxInvulnerables: u32,
  maxAuthorities: u32,
  existentialDeposit: u128,
  maxBlockRefTime: u64,
  maxBlockProofSize: u64,
  maxBlockLength: u32,
  blockHashCount: u32,
  feePerBillionRefTime: u64,
  feePerByte: u128,
  feeSink,
  finalityVoters,
};

export const parameters: Codec<Parameters> = struct(FIELDS);

const HIGHEST: Partial<Record<PrimitiveName, bigint>> = {
  u8: 0xffn,
  u32: BigInt(MAX_U32),
  u64: MAX_U64,
  u128: MAX_U128,
};

/** The integer type of each parameter that is a number, and the largest value that it holds. */
export const parameterBounds: ReadonlyMap<
  keyof Parameters,
  {readonly type: PrimitiveName; readonly highest: bigint}
> = new Map(
  Object.entries(FIELDS).flatMap(([name, {info}]) => {
    const type = info.def.kind === "primitive" ? info.def.name : undefined;
    const highest = type === undefined ? undefined : HIGHEST[type];
    return type === undefined || highest === undefined
      ? []
      : [[name as keyof Parameters, {type, highest}] as const];
  }),
);
