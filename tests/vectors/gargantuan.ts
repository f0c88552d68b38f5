import {err, hex} from "#base";
import {decode} from "#codec";
import type {Hashing} from "#crypto";
import {runtimeVersion, weightOf} from "#primitives";
import {AURA_KEY, type CollatorChain, composeCollatorChain} from "#runtime";
import {
  type Call,
  ensureRoot,
  resolveBlockLength,
  resolveBlockWeights,
} from "../../src/runtime/testing.ts";

/** `Core_version` as recorded. */
const VERSION = hex(
  "0x2c68797065726272696467652c687970657262726964676501000000640000000000000030dd718d5cc53262d401000000df6acb689907609b0400000037e397fc7c91f5e40200000040fe3ad401f8959a06000000d2bc9897eed08f1503000000f78b278be53f454c02000000ab3c0572291feb8b01000000bc9d89904f5b923f0100000037c8bb1350a9a2a804000000f3ff14d5ab527059030000000ebc8fd84ae20ada01000000ea93e3f16f3d6962020000000100000001",
);

/** Our pallets with the indices and constants of the recorded `hyperbridge` 100 runtime. */
export function composeGargantuan(hashing: Hashing): CollatorChain {
  const version = decode(runtimeVersion, VERSION);
  if (!version.ok) throw new Error("recorded version does not decode");
  const chain = composeCollatorChain({
    crate: "hyperbridge_runtime",
    version: version.value,
    hashing,
    blockHash: data => hashing.keccak256(data),
    indices: {
      System: 0,
      Timestamp: 1,
      Utility: 250,
      Balances: 10,
      TransactionPayment: 11,
      Authorship: 20,
      CollatorSelection: 21,
      Session: 22,
      Aura: 23,
      Sudo: 25,
    },
    blockWeights: resolveBlockWeights({
      maxBlock: weightOf(500_000_000_000n, 5_242_880n),
      baseBlock: weightOf(5_000_000_000n),
      baseExtrinsic: weightOf(125_000_000n),
    }),
    blockLength: resolveBlockLength(5_242_880),
    blockHashCount: 4_096,
    ss58Prefix: 42,
    existentialDeposit: 1_000_000_000n,
    fee: {feePerBillionRefTime: 8_000_000n, feePerByte: 10_000_000n},
    multiplier: {
      targetPpm: 250_000n,
      variability: 75_000_000_000_000n,
      minimum: 100_000_000_000_000_000n,
    },
    operationalFeeMultiplier: 5,
    feeSink: (state, amount, {balances}) => balances.currency.burn(state, amount),
    collatorSelection: {
      potId: "PotStake",
      maxCandidates: 1_000,
      maxInvulnerables: 100,
      minEligibleCollators: 5,
      kickThreshold: 1_800,
      updateOrigin: ensureRoot,
      publishConstants: false,
    },
    session: {
      period: 1_800,
      offset: 0,
      keyTypes: [AURA_KEY],
      keysPath: "hyperbridge_runtime::SessionKeys",
    },
    maxAuthorities: 100_000,
    slotDuration: 12_000n,
    timestampFollowsSlot: true,
    checkCode: (_state, _code, _checks, errors) => err(errors.FailedToExtractRuntimeVersion),
  });
  // Balances of sdk v1.1.0 still had call 7, the older name of call 0; v1.2.0 has not.
  const calls = chain.balances.pallet.calls as Call[];
  const successor = calls.find(({name}) => name === "transfer_allow_death");
  if (successor === undefined) throw new Error("Balances has no transfer_allow_death");
  calls.push({...successor, name: "transfer", index: 7});
  return chain;
}
