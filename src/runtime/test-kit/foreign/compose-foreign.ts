import {err, ok} from "#base";
import type {Hashing} from "#crypto";
import {weightOf} from "#primitives";
import {readCodeVersion} from "#runtime-api";
import {apiVersions} from "../../api/index.ts";
import {type CollatorChain, collatorChainApis, composeCollatorChain} from "../../chains/index.ts";
import {ensureRoot} from "../../frame/index.ts";
import {AURA_KEY, GRANDPA_KEY, type SessionKeyType} from "../../pallets/session/index.ts";
import {resolveBlockLength, resolveBlockWeights} from "../../pallets/system/index.ts";
import {genesisBuilderApi} from "./genesis-builder.ts";
import {FOREIGN, type ForeignRelease, RELEASES} from "./releases.ts";

/** The chain with an empty list of APIs knows which ones it has; composed twice, it says so in its version. */
export function composeForeign(
  hashing: Hashing,
  release: ForeignRelease = RELEASES[0]!,
): CollatorChain {
  const listed = foreignApis(compose(hashing, release, []), release);
  return compose(hashing, release, apiVersions(listed));
}

/** What it answers: all that such a chain's pallets offer, without what is only ours. */
export function foreignApis(chain: CollatorChain, {withoutApis = [], hasVoters}: ForeignRelease) {
  const leftOut = ["CollatorApi", ...withoutApis];
  const apis = collatorChainApis(chain).filter(({name}) => !leftOut.includes(name));
  return hasVoters ? [...apis, genesisBuilderApi(chain)] : apis;
}

/** What a chain with voters of its own has beside the rest. */
const VOTERS = {
  token: FOREIGN.token,
  finality: {index: 24, voters: "invulnerables"},
} as const;

const ED25519_AURA: SessionKeyType = {
  ...AURA_KEY,
  scheme: "ed25519",
  path: "sp_consensus_aura::ed25519::app_ed25519::Public",
};

function compose(
  hashing: Hashing,
  release: ForeignRelease,
  apis: [Uint8Array, number][],
): CollatorChain {
  const {specName, specVersion, transactionVersion, systemVersion} = release;
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
      stateVersion: systemVersion,
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
      publishConstants: release.publishesConstants,
    },
    session: {
      period: FOREIGN.period,
      offset: 0,
      keyTypes: [
        release.isSealedByEd25519 ? ED25519_AURA : AURA_KEY,
        ...(release.hasVoters ? [GRANDPA_KEY] : []),
      ],
      keysPath: "toyland_runtime::opaque::SessionKeys",
    },
    maxAuthorities: 30,
    slotDuration: BigInt(release.slotDuration),
    timestampFollowsSlot: true,
    ...(release.hasVoters ? VOTERS : {}),
    // As upstream: root may also set whatever it likes, unseen.
    checkCode(_state, code, checks, errors) {
      if (checks === "marker-only") return ok();
      const said = readCodeVersion(code);
      if (!said.ok) return err(errors.FailedToExtractRuntimeVersion);
      if (said.value.specName !== specName) return err(errors.InvalidSpecName);
      return said.value.specVersion > specVersion ? ok() : err(errors.SpecVersionNeedsToIncrease);
    },
  });
}
