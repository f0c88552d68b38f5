import {err, ok} from "#base";
import type {Hashing} from "#crypto";
import {weightOf} from "#primitives";
import {readCodeVersion} from "#runtime-api";
import {apiVersions} from "../../api/index.ts";
import {type CollatorChain, collatorChainApis, composeCollatorChain} from "../../chains/index.ts";
import {ensureRoot} from "../../frame/index.ts";
import {AURA_KEY, GRANDPA_KEY} from "../../pallets/session/index.ts";
import {resolveBlockLength, resolveBlockWeights} from "../../pallets/system/index.ts";
import {genesisBuilderApi} from "./genesis-builder.ts";
import {FOREIGN, type ForeignRelease, RELEASES} from "./releases.ts";

/**
 * How the chain becomes final: by others, as a parachain does, or by voters of its own, for whom light clients ask. The latter
 * has a runtime that builds the first state from a configuration.
 */
export type ForeignKind = "followed" | "solo";

/** The chain with an empty list of APIs knows which ones it has; composed twice, it says so in its version. */
export function composeForeign(
  hashing: Hashing,
  kind: ForeignKind = "followed",
  release: ForeignRelease = RELEASES[0]!,
): CollatorChain {
  const what = {kind, release};
  const listed = foreignApis(compose(hashing, what, []), release);
  return compose(hashing, what, apiVersions(listed));
}

/** What it answers: all that such a chain's pallets offer, without what is only ours. */
export function foreignApis(chain: CollatorChain, {withoutApis = []}: ForeignRelease) {
  const leftOut = ["CollatorApi", ...withoutApis];
  const apis = collatorChainApis(chain).filter(({name}) => !leftOut.includes(name));
  return chain.grandpa === undefined ? apis : [...apis, genesisBuilderApi(chain)];
}

/** What a chain with voters of its own has beside the rest. */
const SOLO = {
  token: FOREIGN.token,
  finality: {index: 24, voters: "invulnerables"},
} as const;

function compose(
  hashing: Hashing,
  {kind, release}: {readonly kind: ForeignKind; readonly release: ForeignRelease},
  apis: [Uint8Array, number][],
): CollatorChain {
  const {specName, specVersion, transactionVersion} = release;
  const {stateVersion} = FOREIGN;
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
    blockHash: data => hashing.blake2b256(data),
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
      keyTypes: kind === "solo" ? [AURA_KEY, GRANDPA_KEY] : [AURA_KEY],
      keysPath: "toyland_runtime::opaque::SessionKeys",
    },
    maxAuthorities: 30,
    slotDuration: BigInt(release.slotDuration) / (kind === "solo" ? 2n : 1n),
    timestampFollowsSlot: true,
    ...(kind === "solo" ? SOLO : {}),
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
