import {err, ok, type Report, type Result} from "#base";
import type {Flag, FlagValues} from "../flags/index.ts";
import {readText} from "../read-text.ts";
import {readEnvironment} from "./read-environment.ts";
import {type Origin, originText, type SettingFault, type Settings} from "./setting.ts";

export const CONFIG_FLAG: Flag = {
  name: "config",
  group: "Configuration",
  values: "one",
  placeholder: "FILE",
  docs: "TOML file of settings, named as flags are; flags and KHALA_… variables go before it",
};

/** All settings that hold, and where each is from. */
export interface Layers {
  readonly values: FlagValues;
  originOf(flag: string): Origin;
  /** Variables of the environment that are called like ours and are none. */
  readonly unknown: readonly SettingFault[];
  readonly file: string | undefined;
  /** What is wrong in the environment and the file. */
  readonly faults: readonly SettingFault[];
}

/** Puts the command line over the environment over the file. Fails where the file cannot be read at all. */
export async function layer(
  given: FlagValues,
  flags: readonly Flag[],
  environment: NodeJS.ProcessEnv,
): Promise<Result<Layers, Report>> {
  const fromEnvironment = readEnvironment(environment, flags);
  const file = given.one("config") ?? fromEnvironment.settings.get("config")?.values?.[0];
  let fromFile: {settings: Settings; faults: readonly SettingFault[]} = {
    settings: new Map(),
    faults: [],
  };
  if (file !== undefined) {
    const read = await readFileSettings(file, flags);
    if (!read.ok) return read;
    fromFile = read.value;
  }
  const lower: Settings = new Map([...fromFile.settings, ...fromEnvironment.settings]);
  const values = new Map(
    [...lower].flatMap(([name, setting]) =>
      setting.values === null ? [] : [[name, setting.values] as const],
    ),
  );
  return ok({
    values: given.over(values),
    originOf: name =>
      given.has(name) ? {kind: "flag"} : (lower.get(name)?.origin ?? {kind: "default"}),
    unknown: fromEnvironment.unknown,
    file,
    faults: [...fromEnvironment.faults, ...fromFile.faults],
  });
}

async function readFileSettings(file: string, flags: readonly Flag[]) {
  const failed = (reason: string): Result<never, Report> =>
    err({
      code: "config-unreadable",
      what: `${file} cannot be read as settings`,
      facts: [["reason", reason]],
      did: "nothing",
      todo: "see docs/operator-guide.md for an example",
    });
  const text = readText(file);
  if (!text.ok) return failed(text.error);
  // Read when there is a file: the parser is not needed otherwise.
  const {parseSettings} = await import("./read-file.ts");
  const parsed = parseSettings(text.value, file, flags);
  return parsed.ok ? parsed : failed(parsed.error);
}

/** The first fault, as what a command that needs the settings ends with. */
export function faultReport({file, faults}: Layers): Report | undefined {
  const [first, ...rest] = faults;
  if (first === undefined) return undefined;
  const others = rest.length === 0 ? "" : `; ${rest.length} more: khala config check`;
  return {
    code: "config-invalid",
    what: `${first.key}: ${first.what}`,
    facts: first.key.startsWith("KHALA_") || file === undefined ? [] : [["file", file]],
    did: "nothing",
    todo: `${first.todo}${others}`,
  };
}

/** Says where a value that is of no use stands, unless that is the command line. */
export function withOrigin(report: Report & {readonly flag?: string}, layers: Layers): Report {
  if (report.flag === undefined) return report;
  const origin = layers.originOf(report.flag);
  if (origin.kind === "flag" || origin.kind === "default") return report;
  return {...report, facts: [...(report.facts ?? []), ["from", originText(origin)]]};
}
