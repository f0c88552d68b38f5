/**
 * `khala db …`: what is in a chain's database. Of a node that runs it is asked, since nobody else may open its database.
 *
 * A check needs it for itself, as a node does.
 *
 * Out of scope: removing it (`cli/purge-chain`); changing what is kept, which is a matter of flags and of `khala_setPruning`.
 */
import {JSON_FLAG} from "../answer.ts";
import {BASE_PATH_FLAG} from "../base-path.ts";
import {CHAIN_FLAGS} from "../chain-flags.ts";
import type {Command} from "../command.ts";
import {LINK_FLAGS} from "../desk/link-flags.ts";
import {runAndReport} from "../desk/run-and-report.ts";

const ranges: Command = {
  name: "db ranges",
  summary: "which headers, bodies and states a database holds, as ranges of heights",
  examples: [
    ["khala db ranges --chain local --base-path /var/lib/khala", "of the database there"],
    ["khala db ranges --url ws://127.0.0.1:9944 --json", "of a node that runs, as JSON"],
  ],
  flags: [...CHAIN_FLAGS, ...LINK_FLAGS, JSON_FLAG],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./ranges.ts")).ranges(values, terminal)),
};

const check: Command = {
  name: "db check",
  summary:
    "hold every row, block and state of a database against its checksum or hash; mend what is damaged",
  examples: [
    ["khala db check --chain local --base-path /var/lib/khala", "of a node that is stopped"],
    [
      "khala db check --chain local --base-path /var/lib/khala --repair --from wss://rpc.example.org",
      "and mend it, with another node's help",
    ],
  ],
  flags: [
    ...CHAIN_FLAGS,
    BASE_PATH_FLAG,
    {
      name: "repair",
      group: "Check",
      values: "none",
      docs: "mend what follows from the rest, and what --from can give; without it nothing is changed",
    },
    {
      name: "from",
      group: "Check",
      values: "one",
      placeholder: "URL",
      docs: "a node of the same chain, of whatever make (ws:// or wss://), that is asked for what is lost; it counts by its hash",
    },
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./check.ts")).check(values, terminal)),
};

export const dbCommands: readonly Command[] = [ranges, check];
