import {err, type Millis, ok, type Report, type Result} from "#base";
import type {ChainSpec} from "#chain-spec";
import type {ChainPace, CoreSettings, FinalityChoice, InherentProvider, Runtimes} from "#core";
import type {CryptoSuite} from "#crypto";
import {REHEARSAL_KEY} from "#primitives";
import {decodeSettings, type RehearsalSettings} from "#rehearsal";
import {relayLifetime} from "#relay";
import {apiVersion, type Runtime} from "#runtime-api";
import type {ChainStore} from "#store";
import type {NodeConfiguration} from "./configuration.ts";
import {relayInherent} from "./relay-inherent.ts";
import type {RelayMail} from "./relay-mail.ts";

/** The settings that a chain is rehearsed by; undefined for all other chains. */
export function rehearsalSettings({
  genesis,
}: Pick<ChainSpec, "genesis">): Result<RehearsalSettings | undefined, Report> {
  const given = genesis.kind === "raw" ? genesis.top.get(REHEARSAL_KEY) : undefined;
  return given === undefined ? ok(undefined) : decodeSettings(given);
}

/** A node as its chain's rehearsal wants it, and the settings that say so. */
export interface RehearsingNode {
  readonly configuration: NodeConfiguration;
  readonly settings: RehearsalSettings;
  readonly pace: ChainPace;
}

/**
 * What a rehearsal's settings say of a node: who makes blocks final, and by which hashes. They are part of the chain, so a node
 * that is told otherwise is not started.
 */
export function rehearsingNode(
  configuration: NodeConfiguration,
): Result<RehearsingNode | undefined, Report> {
  const {spec, finality} = configuration;
  const settings = rehearsalSettings(spec);
  if (!settings.ok) return settings;
  if (settings.value === undefined) return ok(undefined);
  const {voters, hashing, realStart, chainStart, rate} = settings.value;
  if (finality !== undefined) {
    return refuse(
      "the chain is rehearsed, and its chain spec says who makes its blocks final",
      "leave --finality out; khala rehearse names the voters",
    );
  }
  if ((spec.blockHashing ?? hashing) !== hashing) {
    return refuse(
      `the chain is rehearsed by ${hashing}, and ${spec.blockHashing} is asked for`,
      "leave --block-hashing out, and say it to khala rehearse",
    );
  }
  return ok({
    configuration: {
      ...configuration,
      spec: {...spec, blockHashing: hashing},
      finality: committeeOf(voters),
    },
    settings: settings.value,
    pace: {realStart, chainStart, rate},
  });
}

/** What makes blocks of a chain final: its spec says it of a rehearsal, the operator of any other, else its runtime. */
export function finalityOf(
  spec: ChainSpec,
  asked: FinalityChoice | undefined,
  runtime: Runtime | undefined,
): Result<FinalityChoice, Report> {
  const settings = rehearsalSettings(spec);
  if (!settings.ok) return settings;
  if (settings.value === undefined) return ok(asked ?? {kind: "runtime"});
  const namesVoters = runtime !== undefined && apiVersion(runtime, "GrandpaApi") !== undefined;
  return ok(namesVoters ? {kind: "runtime"} : committeeOf(settings.value.voters));
}

/** What a rehearsal's settings say of each node's core, of a runtime that may name voters itself. */
export function rehearsalOfNode(
  {voters, realStart, chainStart, rate, proofSize, relayOffset}: RehearsalSettings,
  runtime: Runtime,
  crypto: Pick<CryptoSuite, "hashing">,
): {
  readonly settings: Pick<CoreSettings, "finality" | "pace" | "proofSize">;
  readonly inherents: readonly InherentProvider[];
} {
  const namesVoters = apiVersion(runtime, "GrandpaApi") !== undefined;
  return {
    settings: {
      finality: namesVoters ? {kind: "runtime"} : committeeOf(voters),
      pace: {realStart, chainStart, rate},
      proofSize,
    },
    inherents: [relayInherent({relayOffset}, crypto)],
  };
}

/** The relay chain of a rehearsal: what blocks are told of it, and what developers do with it. Nothing of other chains. */
export function standInRelay(
  settings: RehearsalSettings | undefined,
  crypto: Pick<CryptoSuite, "hashing">,
): {
  readonly inherents: readonly InherentProvider[];
  readonly tools: {readonly mail?: RelayMail; readonly timeEnds?: Millis};
} {
  if (settings === undefined) return {inherents: [], tools: {}};
  const mail: RelayMail = {next: undefined};
  return {
    inherents: [relayInherent(settings, crypto, mail)],
    tools: {mail, timeEnds: relayLifetime(settings.relayOffset).end},
  };
}

const committeeOf = (voters: RehearsalSettings["voters"]): FinalityChoice => ({
  kind: "committee",
  voters: voters.map(({key}) => ({id: key, weight: 1})),
});

/**
 * The same once its chain is open: a runtime that names voters itself, as those of solo chains do, keeps them. They are the
 * rehearsal's too, and light clients can follow them.
 */
export function withVotersOfRuntime(
  configuration: NodeConfiguration,
  store: Pick<ChainStore, "best" | "stateAt">,
  runtimes: Runtimes,
): NodeConfiguration {
  const state = store.stateAt(store.best.hash);
  const runtime = state === undefined ? undefined : runtimes.runtimeOf(state);
  const namesVoters = runtime?.ok === true && apiVersion(runtime.value, "GrandpaApi") !== undefined;
  return namesVoters ? {...configuration, finality: {kind: "runtime"}} : configuration;
}

const refuse = (what: string, todo: string): Result<never, Report> =>
  err({code: "rehearsal-differs", what, did: "not started", todo});
