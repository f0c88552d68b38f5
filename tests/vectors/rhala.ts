import {err, hex, ok} from "#base";
import {decode, typeInfo, unit} from "#codec";
import type {Hashing} from "#crypto";
import {runtimeVersion, weightOf} from "#primitives";
import {AURA_KEY, type CollatorChain, composeCollatorChain, palletAccount} from "#runtime";
import {
  ensureRoot,
  extension,
  resolveBlockLength,
  resolveBlockWeights,
  type SignedExtension,
} from "../../src/runtime/testing.ts";
import {accountDataV0, createBalancesV0, EMPTY_ACCOUNT_V0} from "./balances-v0/index.ts";
import {createCollatorSelectionV0} from "./collator-selection-v0/index.ts";
import {reweigh} from "./reweigh.ts";
import {reweighUtility} from "./rhala-batches.ts";
import {SESSION_1241, SUDO_1241, SYSTEM_1241, TIMESTAMP_1241} from "./rhala-weights.ts";
import {createTransactionPaymentV0} from "./transaction-payment-v0.ts";

/** `Core_version` as recorded. */
const VERSION = hex(
  "0x147268616c61147268616c6101000000d90400000000000034dd718d5cc53262d401000000df6acb689907609b0400000037e397fc7c91f5e40100000040fe3ad401f8959a06000000d2bc9897eed08f1503000000f78b278be53f454c02000000ab3c0572291feb8b01000000bc9d89904f5b923f0100000037c8bb1350a9a2a8030000003e43e696bccaa34a01000000ea93e3f16f3d696202000000643365445941c5cb010000007ee4fdd3f4b9d4d0010000000600000000",
);

/** Looks at Phala's own messages only; nothing of it is in the bytes. */
const checkMqSequence = extension({
  identifier: "CheckMqSequence",
  extra: {
    ...unit,
    info: typeInfo(
      {kind: "composite", fields: []},
      {
        path: "phala_pallets::mq::check_seq::CheckMqSequence",
        params: [{name: "T", type: undefined}],
      },
    ),
  },
  additional: unit,
  additionalSigned: () => ok(undefined),
});

/** Our pallets with the indices, constants, weights and older pallets of the recorded `rhala` 1241 runtime. */
export function composeRhala(hashing: Hashing): CollatorChain {
  const version = decode(runtimeVersion, VERSION);
  if (!version.ok) throw new Error("recorded version does not decode");
  const treasury = palletAccount("py/trsry");
  const chain = composeCollatorChain(
    {
      crate: "rhala_parachain_runtime",
      version: version.value,
      hashing,
      blockHash: data => hashing.blake2b256(data),
      indices: {
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
      },
      blockWeights: resolveBlockWeights({
        maxBlock: weightOf(500_000_000_000n, 5_242_880n),
        baseBlock: weightOf(381_015_000n),
        baseExtrinsic: weightOf(99_840_000n),
      }),
      blockLength: resolveBlockLength(5_242_880),
      blockHashCount: 1_200,
      ss58Prefix: 30,
      existentialDeposit: 10_000_000_000n,
      // 10^10 planck for a hundred base extrinsics, in parts per billion rounded down.
      fee: {feePerBillionRefTime: 1_001_602_564n, feePerByte: 10_000_000n},
      multiplier: {
        targetPpm: 250_000n,
        variability: 10_000_000_000_000n,
        minimum: 1_000_000_000n,
      },
      operationalFeeMultiplier: 5,
      feeSink(state, amount, {balances: {currency}}) {
        if (!currency.depositCreating(state, treasury, amount)) currency.burn(state, amount);
      },
      collatorSelection: {
        potId: "PotStake",
        maxCandidates: 1_000,
        maxInvulnerables: 100,
        // Version 0 calls it MinCandidates and counts candidates only.
        minEligibleCollators: 5,
        kickThreshold: 1_800,
        updateOrigin: ensureRoot,
        publishConstants: false,
      },
      session: {
        period: 1_800,
        offset: 0,
        keyTypes: [AURA_KEY],
        keysPath: "rhala_parachain_runtime::opaque::SessionKeys",
      },
      maxAuthorities: 100,
      slotDuration: 12_000n,
      timestampFollowsSlot: false,
      checkCode: (_state, _code, _checks, errors) => err(errors.FailedToExtractRuntimeVersion),
    },
    {
      createBalances: createBalancesV0,
      createTransactionPayment: createTransactionPaymentV0,
      createCollatorSelection: createCollatorSelectionV0,
      accountData: {codec: accountDataV0, fallback: EMPTY_ACCOUNT_V0},
    },
  );
  const extensions = chain.composition.extensions as SignedExtension[];
  extensions.splice(extensions.length - 1, 0, checkMqSequence);
  reweigh(chain.system.pallet, SYSTEM_1241);
  reweigh(chain.timestamp.pallet, TIMESTAMP_1241);
  reweigh(chain.session.pallet, SESSION_1241);
  reweigh(chain.sudo.pallet, SUDO_1241);
  const utility = chain.composition.pallets.find(({name}) => name === "Utility");
  if (utility === undefined) throw new Error("no Utility composed");
  reweighUtility(utility);
  return chain;
}
