import type {ChainSpec, ChainSpecHead} from "#chain-spec";
import type {ChainRuntime} from "./chain-runtime.ts";
import type {DevelopmentWishes} from "./development.ts";
import type {RehearsalReport} from "./wishes.ts";

/** A report with what the chain spec says of the chain. */
export interface SpecReport extends RehearsalReport {
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
      ...(spec.blockHashing === undefined ? {} : {blockHashing: spec.blockHashing}),
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

/** What works and will surprise, of the chain as a whole. */
export function notesOf(
  {chainType, properties}: ChainSpec,
  {description, runtime}: ChainRuntime,
  {startsAt}: RehearsalReport,
  {code}: DevelopmentWishes,
): string[] {
  const {specName, specVersion} = runtime.version;
  const time = TIMES[description.metadataVersion];
  const isLaunch = startsAt === 0 && code === undefined && chainType === "Live";
  return [
    ...(isLaunch
      ? [
          `${specName} ${specVersion} is the runtime that the chain began with${time === undefined ? "" : `, ${time}`}: the live chain has moved on since, and --code FILE runs its code of today`,
        ]
      : []),
    ...(startsAt > 0
      ? [`the state is that of block ${startsAt}: the rehearsal goes on from there`]
      : []),
    ...(properties.tokenDecimals === undefined
      ? ["the chain spec does not say how many decimals the token has: 12 were taken"]
      : []),
  ];
}
