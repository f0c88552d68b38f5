/**
 * `khala upgrade SPEC --code FILE`: rehearses an upgrade of a chain to other code by the path that the live chain goes, in this
 * process and in memory, and tells what came of it. Exit code 1 where something of it failed: for CI.
 *
 * Out of scope: what of a state changes and how that is read (`upgrade`), and upgrades of a chain that runs (`dev_setCode`).
 */

import {formatReport} from "#base";
import {answer, JSON_FLAG} from "../answer.ts";
import {type Command, FAILURE, SUCCESS, USAGE} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {runAndReport} from "../desk/run-and-report.ts";
import type {Flag, FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {REHEARSE_FLAGS} from "../rehearse/rehearse-flags.ts";
import {notBegunJson, upgradeJson, upgradeLines} from "./upgrade-lines.ts";

const FLAGS: readonly Flag[] = [
  ...REHEARSE_FLAGS.filter(({name}) => ["code", "set", "keep-accounts"].includes(name)),
  {
    name: "judge",
    group: "Proofs",
    values: "none",
    docs: "have the runtime's validate_block judge the blocks, with exact proof sizes",
  },
  JSON_FLAG,
];

export const upgradeCommand: Command = {
  name: "upgrade",
  usage: "SPEC --code FILE",
  most: 1,
  summary: "rehearse an upgrade: the path, the migrations, what they changed and cost",
  examples: [
    ["khala upgrade khala.json --code next.wasm", "what each block cost, and what changed"],
    [
      "khala upgrade khala.json --code next.wasm --judge",
      "and what validate_block says of the blocks",
    ],
  ],
  flags: FLAGS,
  run: (values, terminal) => runAndReport(terminal, () => upgrade(values, terminal)),
};

async function upgrade(values: FlagValues, terminal: Terminal): Promise<number> {
  const [path] = values.positional;
  const code = values.one("code");
  if (path === undefined || code === undefined) {
    const what = path === undefined ? "an upgrade of which chain?" : "an upgrade to which code?";
    const todo = "khala upgrade SPEC --code FILE";
    terminal.stderr(formatReport({code: "argument-missing", what, did: "nothing", todo}));
    return USAGE;
  }
  // Read when it is asked for: other commands start without it.
  const {runUpgrade} = await import("./run-upgrade.ts");
  const ran = await runUpgrade(path, code, values);
  if (!ran.ok) {
    // Whoever reads JSON looks for failures in it.
    if (values.has("json")) terminal.stdout(JSON.stringify(notBegunJson(path, ran.error)));
    throw new DeskError(ran.error);
  }
  const {value} = ran;
  answer(terminal, values, upgradeJson(value), upgradeLines(value));
  return value.failures.length === 0 ? SUCCESS : FAILURE;
}
