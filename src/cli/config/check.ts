import {rmSync} from "node:fs";
import {formatReport} from "#base";
import {FAILURE, SUCCESS} from "../command.ts";
import type {Flag} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {readConfiguration} from "../node/read-configuration.ts";
import {type Layers, withOrigin} from "../settings/layers.ts";

/** Says all that is wrong with a node's settings, without starting one. */
export function checkConfig(
  layers: Layers,
  flags: readonly Flag[],
  terminal: Terminal,
  asJson: boolean,
): number {
  const conclude = (settings: number | null, faults: readonly string[]) => {
    if (asJson) terminal.stdout(JSON.stringify({settings, faults}));
    else if (settings !== null)
      terminal.stdout(
        `${settings} ${settings === 1 ? "setting" : "settings"}, and nothing wrong with ${settings === 1 ? "it" : "them"}`,
      );
    return settings === null ? FAILURE : SUCCESS;
  };
  const {faults, unknown, file, values} = layers;
  for (const {key, what, todo} of unknown) {
    terminal.stderr(`warning: ${key}: ${what}; ${todo}`);
  }
  for (const {key, what, todo} of faults) {
    const facts = file === undefined || key.startsWith("KHALA_") ? [] : ([["file", file]] as const);
    terminal.stderr(formatReport({code: "config-invalid", what: `${key}: ${what}`, facts, todo}));
  }
  if (faults.length > 0)
    return conclude(
      null,
      faults.map(({key, what}) => `${key}: ${what}`),
    );
  const read = readConfiguration(values, {dev: values.has("dev")});
  if (!read.ok) {
    const report = withOrigin(read.error, layers);
    terminal.stderr(formatReport(report));
    return conclude(null, [report.what]);
  }
  const {throwAway, basePath} = read.value.node;
  // Reading makes the folder of a chain that is thrown away.
  if (throwAway) rmSync(basePath, {recursive: true, force: true});
  for (const warning of read.value.warnings) terminal.stderr(`warning: ${warning}`);
  const set = flags.filter(({name}) => layers.originOf(name).kind !== "default").length;
  return conclude(set, []);
}
