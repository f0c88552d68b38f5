import type {ChainSpec, ChainSpecHead} from "#chain-spec";
import {CODE_KEY} from "#primitives";
import type {Runtime} from "#runtime-api";
import {accountLength} from "./accounts.ts";
import type {ChainRuntime} from "./chain-runtime.ts";
import {decimalsOf} from "./development.ts";
import type {Rehearsal} from "./rehearse.ts";
import type {RehearsalReport} from "./wishes.ts";

/** A report with what the chain spec says of the chain; stands in the document of the rehearsal's. */
export interface SpecReport extends RehearsalReport {
  /** Unix milliseconds. */
  readonly made: number;
  /** Id of the chain that it was made of. */
  readonly from: string;
  /** `rhala 1241`: what runs. */
  readonly runtime: string;
}

/** Key of the report in the chain spec's document. */
export const REPORT_KEY = "khalaRehearsal";
const SUFFIX = "-rehearsal";
/** Of a chain's id, as chain specs are read. */
const LONGEST_ID = 64;

/** What the chain spec says beside the state; several nodes run it, so that none has the ways of one alone ("Development"). */
export function headOf(
  {genesis: _, document = {}, forkId: _fork, ...spec}: ChainSpec,
  report: SpecReport,
): ChainSpecHead {
  const id = `${spec.id.slice(0, LONGEST_ID - SUFFIX.length)}${SUFFIX}`;
  const head = {
    name: `${spec.name} (rehearsal)`,
    id,
    chainType: "Local",
    bootNodes: [],
    protocolId: id,
  } as const;
  // A checkpoint and a fork of the chain that it was, where light clients would look for this one.
  const {lightSyncState: _sync, forkId: _same, ...kept} = document;
  return {
    ...spec,
    ...head,
    document: {
      ...kept,
      ...head,
      telemetryEndpoints: null,
      properties: document.properties ?? spec.properties,
      blockHashing: spec.blockHashing,
      [REPORT_KEY]: report,
    },
  };
}

/** When runtimes began to describe themselves so, for people. */
const TIMES: Readonly<Record<number, string>> = {
  13: "of 2021",
  14: "of late 2021 to mid 2023",
  15: "of mid 2023 or later",
  16: "of 2025 or later",
};

/** What became of the chain as a whole. `other`: the runtime of the code that goes on with the state. */
export function specReport(
  spec: ChainSpec,
  chain: ChainRuntime,
  {report, settings}: Rehearsal,
  other: Runtime | undefined,
): SpecReport {
  return {
    made: settings.realStart,
    from: spec.id,
    runtime: nameOf(other ?? chain.runtime),
    ...report,
    notes: [...notesOf(spec, chain, settings, report), ...report.notes],
  };
}

const nameOf = ({version: {specName, specVersion}}: Runtime) => `${specName} ${specVersion}`;

/** What works and will surprise. */
function notesOf(
  {chainType, properties, blockHashing}: ChainSpec,
  {description, runtime}: ChainRuntime,
  settings: Rehearsal["settings"],
  {startsAt, replaced}: RehearsalReport,
): string[] {
  const name = nameOf(runtime);
  const time = TIMES[description.metadataVersion] ?? "of an unknown time";
  const hasOther = replaced.some(line => line.startsWith(`${CODE_KEY} `));
  const isLaunch = startsAt === 0 && !hasOther && chainType === "Live";
  const notes: readonly (readonly [boolean, string])[] = [
    [
      isLaunch,
      `${name} is the runtime that the chain began with, ${time}: the live chain has moved on since, and --code FILE runs its code of today`,
    ],
    [hasOther, `the state is that of ${name}, ${time}`],
    [startsAt > 0, `the state is that of block ${startsAt}: the rehearsal goes on from there`],
    [
      decimalsOf(properties) === undefined,
      "the chain spec does not say how many decimals the token has: 12 were taken",
    ],
    [
      blockHashing === undefined && settings.hashing !== "blake2-256",
      `the runtime makes roots by Keccak-256, so the chain was taken to hash by it: ${settings.hashing}`,
    ],
    [
      accountLength(description) === 20,
      "accounts of this chain have 20 bytes: those of names are of their ecdsa keys (//Alice), as Ethereum makes them",
    ],
  ];
  return notes.flatMap(([holds, note]) => (holds ? [note] : []));
}
