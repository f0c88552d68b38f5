import {parseArgs} from "node:util";
import {closest, distance} from "fastest-levenshtein";
import {err, ok, type Report, type Result} from "#base";
import {type Flag, FlagValues} from "./flag.ts";

/** A name that differs by more letters than this is not taken for a misspelling. */
const NEAR = 4;

/** The known name that looks most like a wrong one, if any looks like it at all. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const found = closest(name, [...known]);
  return distance(name, found) <= Math.min(NEAR, Math.ceil(name.length / 2)) ? found : undefined;
}

/** Reads arguments by a table of flags; an unknown flag is refused with the one it looks like. */
export function parseFlags(
  args: readonly string[],
  flags: readonly Flag[],
): Result<FlagValues, Report> {
  const byName = new Map<string, Flag>();
  for (const flag of flags) {
    byName.set(flag.name, flag);
    if (flag.alias !== undefined) byName.set(flag.alias, flag);
  }
  const options = Object.fromEntries(
    [...byName].map(([name, flag]) => [
      name,
      {
        type: flag.values === "none" ? ("boolean" as const) : ("string" as const),
        ...(flag.short === undefined || name !== flag.name ? {} : {short: flag.short}),
      },
    ]),
  );
  const {tokens} = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const positional: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positional.push(token.value);
    if (token.kind !== "option") continue;
    const flag = byName.get(token.name);
    if (flag === undefined) return err(unknownFlag(token.rawName, token.name, [...byName.keys()]));
    if (flag.values === "none" && token.value !== undefined) {
      return err({code: "flag-invalid", what: `--${flag.name} takes no value`});
    }
    if (flag.values !== "none" && (token.value === undefined || token.value === "")) {
      return err({
        code: "flag-invalid",
        what: `--${flag.name} needs a value`,
        todo: `write --${flag.name}=${flag.placeholder ?? "VALUE"}`,
      });
    }
    const list = values.get(flag.name) ?? [];
    list.push(token.value ?? "");
    values.set(flag.name, list);
  }
  return ok(new FlagValues(values, positional));
}

function unknownFlag(raw: string, name: string, known: readonly string[]): Report {
  const near = nearest(name, known);
  return {
    code: "flag-unknown",
    what: `there is no flag ${raw}`,
    did: "nothing",
    todo: near === undefined ? "see --help" : `did you mean --${near}? All flags: --help`,
  };
}
