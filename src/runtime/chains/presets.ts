import {MAX_U64} from "#codec";
import {PHA} from "./khala-version.ts";
import type {Parameters} from "./parameters.ts";

/** 0.01 PHA. */
const CENT = PHA / 100n;

/** What all presets share; figures are Khala's own (spec/pallets §2) where it has them. */
const COMMON: Omit<
  Parameters,
  | "slotDuration"
  | "sessionPeriod"
  | "kickThreshold"
  | "minEligibleCollators"
  | "feeSink"
  | "finalityVoters"
> = {
  format: 0,
  candidacyBond: 16n * PHA,
  desiredCandidates: 12,
  maxCandidates: 1_000,
  maxInvulnerables: 100,
  maxAuthorities: 100,
  existentialDeposit: CENT,
  // Khala allows 0.5 s, to fit a relay chain's proof of validity; nothing here has to fit one.
  maxBlockRefTime: 2_000_000_000_000n,
  maxBlockProofSize: MAX_U64,
  maxBlockLength: 5 * 1_024 * 1_024,
  blockHashCount: 1_200,
  feePerBillionRefTime: 803_768_064n,
  feePerByte: 10_000_000n,
};

export type PresetName = "dev" | "local" | "standalone";

/**
 * The parameters of each preset. The dev session is 40 blocks because 12 desired candidates and one invulnerable
 * share it: with much fewer blocks a live candidate would be kicked by chance.
 */
export const PRESET_PARAMETERS: Readonly<Record<PresetName, Parameters>> = {
  dev: {
    ...COMMON,
    slotDuration: 500n,
    sessionPeriod: 40,
    kickThreshold: 40,
    minEligibleCollators: 1,
    feeSink: "Pot",
    finalityVoters: "Genesis",
  },
  local: {
    ...COMMON,
    slotDuration: 2_000n,
    sessionPeriod: 60,
    kickThreshold: 60,
    minEligibleCollators: 1,
    feeSink: "Pot",
    finalityVoters: "Invulnerables",
  },
  standalone: {
    ...COMMON,
    slotDuration: 12_000n,
    sessionPeriod: 1_800,
    kickThreshold: 1_800,
    minEligibleCollators: 5,
    feeSink: "Treasury",
    finalityVoters: "Invulnerables",
  },
};
