import {parseArgs} from "node:util";
import {err, nearestName, ok, type Report, type Result} from "#base";
import {type Flag, FlagValues, type ForeignFlag} from "./flag.ts";

/** What a command takes besides its flags. */
export interface ParseOptions {
  /** Flags of other programs that are answered instead of refused as unknown. */
  readonly foreign?: readonly ForeignFlag[];
  /**
   * Arguments behind the value of a flag that takes many are its further values (`--bootnodes A B`), as Substrate has it:
   * only where the command itself takes none.
   */
  readonly gathers?: boolean;
  /** Why what stands behind `--` is of no effect; where nothing is said, those are arguments like any other. */
  readonly afterDashes?: string;
}

/** Reads arguments by a table of flags; an unknown flag is refused with the one it looks like. */
export function parseFlags(
  args: readonly string[],
  flags: readonly Flag[],
  {foreign = [], gathers = false, afterDashes}: ParseOptions = {},
): Result<FlagValues, Report> {
  const byName = new Map<string, Flag>();
  for (const flag of flags) {
    byName.set(flag.name, flag);
    if (flag.alias !== undefined) byName.set(flag.alias, flag);
  }
  const strange = new Map(
    foreign.filter(({name}) => !byName.has(name)).map(flag => [flag.name, flag]),
  );
  const options = Object.fromEntries(
    [...byName, ...strange].map(([name, flag]) => [
      name,
      {
        type:
          flag.values === "none" || flag.values === "optional"
            ? ("boolean" as const)
            : ("string" as const),
        ...("short" in flag && flag.short !== undefined && name === flag.name
          ? {short: flag.short}
          : {}),
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
  const ignored: string[] = [];
  let open: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === "option-terminator") {
      open = undefined;
      if (afterDashes === undefined) continue;
      if (token.index + 1 < args.length) ignored.push(afterDashes);
      break;
    }
    if (token.kind === "positional") {
      (gathers && open !== undefined ? open : positional).push(token.value);
      continue;
    }
    open = undefined;
    const other = strange.get(token.name);
    if (other !== undefined) {
      if (other.kind === "refused") {
        return err({
          code: "flag-foreign",
          what: `${token.rawName} is not taken`,
          did: "nothing",
          todo: other.answer,
        });
      }
      ignored.push(`${token.rawName} has no effect: ${other.answer}`);
      if (other.values === "many") open = [];
      continue;
    }
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
    if (flag.values === "many") open = list;
  }
  return ok(new FlagValues(values, positional, [...new Set(ignored)]));
}

function unknownFlag(raw: string, name: string, known: readonly string[]): Report {
  const near = nearestName(name, known);
  return {
    code: "flag-unknown",
    what: `there is no flag ${raw}`,
    did: "nothing",
    todo: near === undefined ? "see --help" : `did you mean --${near}? All flags: --help`,
  };
}
