import {parse, TomlError} from "smol-toml";
import {err, nearestName, ok, type Result} from "#base";
import type {Flag} from "../flags/index.ts";
import {expectedOf, type SettingFault, type Settings} from "./setting.ts";

export interface FileSettings {
  readonly settings: Settings;
  readonly faults: readonly SettingFault[];
}

/**
 * Settings of a TOML file. A key is the name of a flag; a table is the first part of names, so that `port` under
 * `[rpc]` is `rpc-port`. Fails with words where the text is no TOML.
 */
export function parseSettings(
  text: string,
  file: string,
  flags: readonly Flag[],
): Result<FileSettings, string> {
  let document: Readonly<Record<string, unknown>>;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The message's further lines show the place, and with it perhaps a secret.
    const [what = "no TOML"] = error.message.split("\n");
    return err(`line ${error.line}, column ${error.column}: ${what}`);
  }
  const settings: Settings = new Map();
  const faults: SettingFault[] = [];
  const byName = new Map(flags.flatMap(flag => names(flag).map(name => [name, flag] as const)));
  for (const [path, value] of leaves(document, [])) {
    const name = path.join("-");
    const key = path.join(".");
    const flag = byName.get(name);
    if (flag === undefined) {
      const near = nearestName(name, [...byName.keys()]);
      const todo = near === undefined ? "see khala --help for all names" : `did you mean ${near}?`;
      faults.push({key, what: "there is no such setting", todo});
      continue;
    }
    const values = valuesOf(flag, value);
    if (values === undefined) {
      faults.push({
        key,
        what: `expected ${expectedOf(flag)}`,
        todo: `see khala --help: ${flag.docs}`,
      });
    } else if (settings.has(flag.name)) {
      const todo = "leave one of them out";
      faults.push({key, what: `${flag.name} is set twice in this file`, todo});
    } else settings.set(flag.name, {values, origin: {kind: "file", file}});
  }
  return ok({settings, faults});
}

const names = ({name, alias}: Flag): string[] => (alias === undefined ? [name] : [name, alias]);

function* leaves(
  table: Readonly<Record<string, unknown>>,
  path: readonly string[],
): Generator<[path: readonly string[], value: unknown]> {
  for (const [key, value] of Object.entries(table)) {
    const here = [...path, key];
    if (isTable(value)) yield* leaves(value, here);
    else yield [here, value];
  }
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);

/** What the flag's own text would be; null for a switch that is off, undefined for a value of another kind. */
function valuesOf(flag: Flag, value: unknown): readonly string[] | null | undefined {
  if (flag.values === "none") {
    return typeof value === "boolean" ? (value ? [""] : null) : undefined;
  }
  if (Array.isArray(value)) {
    if (flag.values === "one") return undefined;
    const texts = value.map(textOf);
    return texts.every(text => text !== undefined) ? texts : undefined;
  }
  const text = textOf(value);
  return text === undefined ? undefined : [text];
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}
