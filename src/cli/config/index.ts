/**
 * Settings of a node from four places: flags, `KHALA_…` variables, a TOML file, and defaults; the first that has one
 * counts. The flags' own table is the one schema of all of them.
 *
 * Out of scope: what a value means and whether it is of use (`cli/node`).
 */
import {JSON_FLAG} from "../answer.ts";
import type {Command} from "../command.ts";
import {NODE_FLAGS} from "../node/node-flags.ts";
import {checkConfig} from "./check.ts";
import {showConfig} from "./show.ts";

const show: Command = {
  name: "config show",
  summary:
    "every setting of a node, and whether it is from a flag, the environment, the file or no one",
  examples: [["khala config show --config khala.toml", "which setting is from where"]],
  usage: "--config FILE [FLAGS]",
  flags: [...NODE_FLAGS, JSON_FLAG],
  takesFaults: true,
  run: async (values, terminal, layers) =>
    showConfig(layers!, NODE_FLAGS, terminal, values.has("json")),
};

const check: Command = {
  name: "config check",
  summary: "say what is wrong with a configuration, without starting a node",
  examples: [["khala config check --config khala.toml", "what is wrong with it"]],
  usage: "--config FILE [FLAGS]",
  flags: [...NODE_FLAGS, JSON_FLAG],
  takesFaults: true,
  run: async (values, terminal, layers) =>
    checkConfig(layers!, NODE_FLAGS, terminal, values.has("json")),
};

export const configCommands: readonly Command[] = [show, check];
