import {withoutCredentials} from "#base";
import {SUCCESS} from "../command.ts";
import type {Flag} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import type {Layers} from "../settings/layers.ts";
import {type Origin, originText} from "../settings/setting.ts";
import {table} from "../table.ts";

const MASK = "********";

interface Shown {
  readonly name: string;
  readonly value: string | readonly string[] | boolean | null;
  readonly origin: Origin;
  readonly standard: string | undefined;
}

/** Every setting of a node with where its value is from; secrets are not among what is shown. */
export function showConfig(
  layers: Layers,
  flags: readonly Flag[],
  terminal: Terminal,
  asJson: boolean,
): number {
  for (const {key, what, todo} of [...layers.unknown, ...layers.faults]) {
    terminal.stderr(`warning: ${key}: ${what}; ${todo}`);
  }
  const settings = flags.map(flag => shown(flag, layers));
  if (asJson) {
    terminal.stdout(
      JSON.stringify(
        settings.map(({name, value, origin}) => ({name, value, origin: originText(origin)})),
      ),
    );
    return SUCCESS;
  }
  const rows = settings.map(({name, value, origin, standard}) => [
    name,
    value === null ? (standard ?? "") : textOf(value),
    originText(origin),
  ]);
  for (const line of table(["setting", "value", "from"], rows, {columns: terminal.columns}))
    terminal.stdout(line);
  return SUCCESS;
}

function shown(flag: Flag, {values, originOf}: Layers): Shown {
  const {name, standard} = flag;
  return {name, value: settingOf(flag, values), origin: originOf(name), standard};
}

function settingOf({name, values: kind, isSecret}: Flag, values: Layers["values"]): Shown["value"] {
  if (kind === "none") return values.has(name);
  if (!values.has(name)) return null;
  if (isSecret === true) return MASK;
  const shown = values.many(name).map(withoutCredentials);
  return kind === "one" ? (shown.at(-1) ?? null) : shown;
}

function textOf(value: NonNullable<Shown["value"]>): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : value.join(", ");
}
