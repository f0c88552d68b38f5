import {nearestName} from "#base";
import type {Flag} from "../flags/index.ts";
import {type SettingFault, type Settings, switchValue} from "./setting.ts";

const PREFIX = "KHALA_";

export const variableOf = (flag: string): string =>
  `${PREFIX}${flag.toUpperCase().replaceAll("-", "_")}`;

/** Settings of the environment; lists are separated by commas. What no flag is called is told, and left alone. */
export function readEnvironment(
  environment: NodeJS.ProcessEnv,
  flags: readonly Flag[],
): {settings: Settings; faults: SettingFault[]; unknown: SettingFault[]} {
  const settings: Settings = new Map();
  const faults: SettingFault[] = [];
  const unknown: SettingFault[] = [];
  const byVariable = new Map(flags.map(flag => [variableOf(flag.name), flag]));
  for (const [variable, text = ""] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX)) continue;
    const flag = byVariable.get(variable);
    if (flag === undefined) {
      const near = nearestName(variable, [...byVariable.keys()]);
      const todo = near === undefined ? "see khala --help for all names" : `did you mean ${near}?`;
      unknown.push({key: variable, what: "there is no such setting", todo});
      continue;
    }
    // Set to nothing is how shells unset what they inherited.
    if (text === "") continue;
    const origin = {kind: "environment", variable} as const;
    if (flag.values !== "none") {
      const values = flag.values === "one" ? [text] : text.split(",").filter(part => part !== "");
      settings.set(flag.name, {values, origin});
      continue;
    }
    const value = switchValue(text);
    if (value.ok) settings.set(flag.name, {values: value.value, origin});
    else faults.push({key: variable, what: value.error, todo: `${variable}=true`});
  }
  return {settings, faults, unknown};
}
