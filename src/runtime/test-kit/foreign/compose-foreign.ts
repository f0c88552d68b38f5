import {err} from "#base";
import type {Hashing} from "#crypto";
import {weightOf} from "#primitives";
import {apiVersions} from "../../api/index.ts";
import {type CollatorChain, collatorChainApis, composeCollatorChain} from "../../chains/index.ts";
import {ensureRoot} from "../../frame/index.ts";
import {AURA_KEY} from "../../pallets/session/index.ts";
import {resolveBlockLength, resolveBlockWeights} from "../../pallets/system/index.ts";

/** All in which it differs from our own chain, by the names of its parts. */
export const FOREIGN = {
  specName: "toyland",
  specVersion: 7,
  transactionVersion: 3,
  stateVersion: 1,
  ss58Prefix: 77,
  token: {symbol: "TOY", decimals: 10},
  slotDuration: 1_000,
  period: 10,
  existentialDeposit: 1_000_000n,
} as const;

const APIS_LEFT_OUT = ["CollatorApi", "GrandpaApi"];

/** The chain with an empty list of APIs knows which ones it has; composed twice, it says so in its version. */
export function composeForeign(
  hashing: Hashing,
  systemVersion: number = FOREIGN.stateVersion,
): CollatorChain {
  const listed = foreignApis(compose(hashing, systemVersion, []));
  return compose(hashing, systemVersion, apiVersions(listed));
}

/** What it answers: all that such a chain's pallets offer, without what is only ours. */
export function foreignApis(chain: CollatorChain) {
  return collatorChainApis(chain).filter(({name}) => !APIS_LEFT_OUT.includes(name));
}

function compose(
  hashing: Hashing,
  stateVersion: number,
  apis: [Uint8Array, number][],
): CollatorChain {
  const {specName, specVersion, transactionVersion} = FOREIGN;
  return composeCollatorChain({
    crate: "toyland_runtime",
    version: {
      specName,
      implName: specName,
      authoringVersion: 1,
      specVersion,
      implVersion: 0,
      apis,
      transactionVersion,
      stateVersion,
    },
    hashing,
    blockHash: data => hashing.blockHash(data),
    indices: {
      System: 0,
      Timestamp: 2,
      Balances: 10,
      TransactionPayment: 11,
      Authorship: 20,
      CollatorSelection: 21,
      Session: 22,
      Aura: 23,
      Utility: 40,
      Sudo: 50,
    },
    blockWeights: resolveBlockWeights({
      maxBlock: weightOf(2_000_000_000_000n, 5_242_880n),
      baseBlock: weightOf(381_015_000n),
      baseExtrinsic: weightOf(99_840_000n),
    }),
    blockLength: resolveBlockLength(5_242_880),
    blockHashCount: 250,
    ss58Prefix: FOREIGN.ss58Prefix,
    existentialDeposit: FOREIGN.existentialDeposit,
    fee: {feePerBillionRefTime: 1_000_000n, feePerByte: 1_000n},
    multiplier: {
      targetPpm: 250_000n,
      variability: 10_000_000_000_000n,
      minimum: 1_000_000_000n,
    },
    operationalFeeMultiplier: 5,
    feeSink: (state, amount, {balances}) => balances.currency.burn(state, amount),
    collatorSelection: {
      potId: "toy/pot0",
      maxCandidates: 20,
      maxInvulnerables: 10,
      minEligibleCollators: 1,
      kickThreshold: FOREIGN.period,
      updateOrigin: ensureRoot,
      publishConstants: false,
    },
    session: {
      period: FOREIGN.period,
      offset: 0,
      keyTypes: [AURA_KEY],
      keysPath: "toyland_runtime::opaque::SessionKeys",
    },
    maxAuthorities: 30,
    slotDuration: BigInt(FOREIGN.slotDuration),
    timestampFollowsSlot: true,
    checkCode: (_state, _code, _checks, errors) => err(errors.FailedToExtractRuntimeVersion),
  });
}
