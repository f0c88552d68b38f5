import {err, ok} from "#base";
import type {Hashing} from "#crypto";
import {weightOf} from "#primitives";
import {ourVersion} from "../code/index.ts";
import {ensureRoot} from "../frame/index.ts";
import {palletAccount} from "../pallets/collator-selection/index.ts";
import {AURA_KEY, GRANDPA_KEY} from "../pallets/session/index.ts";
import {resolveBlockLength, resolveBlockWeights} from "../pallets/system/index.ts";
import {type CollatorChain, composeCollatorChain} from "./collator-chain.ts";
import {KHALA_APIS, KHALA_TOKEN, khalaVersion} from "./khala-version.ts";
import type {Parameters} from "./parameters.ts";

/** Pallet indices are Khala's (spec/pallets §2.1), so that what signs for it reads the same here. */
export const KHALA_INDICES = {
  System: 0,
  Timestamp: 1,
  Utility: 3,
  Balances: 40,
  TransactionPayment: 41,
  Authorship: 50,
  CollatorSelection: 51,
  Session: 52,
  Aura: 53,
  Sudo: 99,
} as const;

/** Khala has no Grandpa: its relay chain finalizes. The index lies where its other consensus pallets are. */
const GRANDPA_INDEX = 55;

/** SS58 prefix of Phala's chains. */
export const KHALA_SS58_PREFIX = 30;

/** Upstream's benchmark figures of its reference hardware (spec/pallets §2). */
const BASE_BLOCK = weightOf(390_584_000n);
const BASE_EXTRINSIC = weightOf(124_414_000n);

export const POT_ID = "PotStake";
export const TREASURY_ID = "py/trsry";

/** The chain of this program: Khala's pallets, behaviour and indices, standing alone (docs/ARCHITECTURE.md). */
export function composeKhala(parameters: Parameters, hashing: Hashing): CollatorChain {
  const treasury = palletAccount(TREASURY_ID);
  return composeCollatorChain({
    crate: "khala_runtime",
    version: khalaVersion(KHALA_APIS),
    hashing,
    blockHash: data => hashing.blake2b256(data),
    indices: KHALA_INDICES,
    blockWeights: resolveBlockWeights({
      maxBlock: weightOf(parameters.maxBlockRefTime, parameters.maxBlockProofSize),
      baseBlock: BASE_BLOCK,
      baseExtrinsic: BASE_EXTRINSIC,
    }),
    blockLength: resolveBlockLength(parameters.maxBlockLength),
    blockHashCount: parameters.blockHashCount,
    ss58Prefix: KHALA_SS58_PREFIX,
    existentialDeposit: parameters.existentialDeposit,
    fee: {
      feePerBillionRefTime: parameters.feePerBillionRefTime,
      feePerByte: parameters.feePerByte,
    },
    multiplier: {
      targetPpm: 250_000n,
      variability: 10_000_000_000_000n,
      minimum: 1_000_000_000n,
    },
    operationalFeeMultiplier: 5,
    feeSink(state, amount, {balances, pot}) {
      const taken =
        parameters.feeSink !== "Burn" &&
        balances.currency.depositCreating(
          state,
          parameters.feeSink === "Pot" ? pot : treasury,
          amount,
        );
      if (!taken) balances.currency.burn(state, amount);
    },
    collatorSelection: {
      potId: POT_ID,
      maxCandidates: parameters.maxCandidates,
      maxInvulnerables: parameters.maxInvulnerables,
      minEligibleCollators: parameters.minEligibleCollators,
      kickThreshold: parameters.kickThreshold,
      updateOrigin: ensureRoot,
      publishConstants: true,
    },
    session: {
      period: parameters.sessionPeriod,
      offset: 0,
      keyTypes: [AURA_KEY, GRANDPA_KEY],
      keysPath: "khala_runtime::SessionKeys",
    },
    maxAuthorities: parameters.maxAuthorities,
    slotDuration: parameters.slotDuration,
    timestampFollowsSlot: true,
    token: KHALA_TOKEN,
    finality: {
      index: GRANDPA_INDEX,
      voters: parameters.finalityVoters === "Genesis" ? "genesis" : "invulnerables",
    },
    checkCode(_, code, checks, errors) {
      const version = ourVersion(code);
      const current = khalaVersion(KHALA_APIS);
      // This program runs one version; a blob of ours with another one is as foreign as any.
      if (version === undefined || version.specVersion > current.specVersion) {
        return err(errors.FailedToExtractRuntimeVersion);
      }
      if (checks === "marker-only") return ok();
      if (version.specName !== current.specName) return err(errors.InvalidSpecName);
      if (version.specVersion <= current.specVersion) return err(errors.SpecVersionNeedsToIncrease);
      return ok();
    },
  });
}
