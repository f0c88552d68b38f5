import type {Millis, Report, Result} from "#base";
import type {ChainSpec, FirstState, GenesisMakers, RawGenesis} from "#chain-spec";
import type {KeyPairs, SignatureScheme} from "#crypto";
import {PARAMETERS_KEY, REHEARSAL_KEY} from "#primitives";
import type {SessionKeyKind} from "#runtime-api";
import {accountLength} from "./accounts.ts";
import {blockHashingOf, checkSeen, descriptionOfCode, runtimeIn} from "./chain-runtime.ts";
import {
  type DevelopmentWishes,
  decimalsOf,
  developmentWishes,
  unfamiliarNames,
} from "./development.ts";
import {rehearse} from "./rehearse.ts";
import type {RehearsalSettings} from "./settings.ts";
import {headOf, type SpecReport, specReport} from "./spec-head.ts";
import {attemptRehearsal, stop, taken} from "./stop.ts";
import type {RehearsalWishes} from "./wishes.ts";

/** What a rehearsal is made with. */
export interface RehearsalTools extends GenesisMakers {
  readonly keyPairs: Pick<KeyPairs, "fromUri">;
  /** The scheme of a kind of session keys, where anybody knows it. */
  readonly schemeOf: (kind: SessionKeyKind) => SignatureScheme | undefined;
  readonly now: Millis;
}

export interface RehearsedSpec {
  readonly spec: ChainSpec & {readonly genesis: RawGenesis};
  readonly settings: RehearsalSettings;
  /** What was asked for, in accounts and keys; collators in the order of their names. */
  readonly wishes: RehearsalWishes;
  readonly report: SpecReport;
}

/** Whether a chain is that of a rehearsal, and runs as it is. */
export const isRehearsed = ({top}: Pick<FirstState, "top">): boolean => top.has(REHEARSAL_KEY);

/**
 * A chain spec of a rehearsal, from any other whose authors take turns by Aura: what is asked for and, where nothing is, as
 * development chains have it. `first`: every key of the chain's first state (`firstState` of `chain-spec`).
 */
export function rehearseSpec(
  spec: ChainSpec,
  first: FirstState,
  asked: DevelopmentWishes,
  tools: RehearsalTools,
): Result<RehearsedSpec, Report> {
  return attemptRehearsal(() => {
    if (spec.genesis.kind === "built" || first.top.has(PARAMETERS_KEY)) return ownRuntime();
    if (isRehearsed(first)) return alreadyRehearsed(spec);
    const {hashing, keyPairs, schemeOf, now} = tools;
    const chain = runtimeIn(first, tools);
    const {keyKinds, description, runtime} = chain;
    const blockHashing = spec.blockHashing ?? blockHashingOf(runtime);
    const wishes = taken(
      developmentWishes(asked, {
        keyPairs,
        hashing,
        keyKinds,
        schemeOf,
        accountLength: accountLength(description),
        decimals: decimalsOf(spec.properties),
        blockHashing,
        now,
      }),
    );
    const other = asked.code === undefined ? undefined : descriptionOfCode(asked.code, tools);
    const made = taken(
      rehearse({...chain, state: first, hashing, nextDescription: other?.description}, wishes),
    );
    checkSeen(made.state, chain, wishes.collators, hashing);
    const unfamiliar = unfamiliarNames(asked).map(
      name => `${name} is none of the names that development tools share: its secret is //${name}`,
    );
    const told = specReport(spec, chain, made, other?.runtime);
    const report = {...told, notes: [...unfamiliar, ...told.notes]};
    return {
      spec: {...headOf({...spec, blockHashing}, report), genesis: {kind: "raw", ...made.state}},
      settings: made.settings,
      wishes,
      report,
    };
  });
}

const ownRuntime = (): never =>
  stop({
    code: "rehearsal-not-needed",
    what: "the chain has this program's own runtime, whose presets have development accounts already",
    todo: "run it as it is: khala dev, or khala net 4",
  });

const alreadyRehearsed = ({id}: ChainSpec): never =>
  stop({
    code: "already-rehearsed",
    what: `${id} is the chain of a rehearsal already (its state has ${REHEARSAL_KEY})`,
    todo: "run it as it is, or rehearse the chain spec that it was made of",
  });
