/**
 * `khala db …`: what is in a chain's database. Of a node that runs it is asked, since nobody else may open its database.
 *
 * A check and a compaction need it for themselves, as a node does.
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
      docs: "with --repair: a node of the same chain, of whatever make (ws:// or wss://), that is asked for what is lost; it counts by its hash",
    },
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./check.ts")).check(values, terminal)),
};

const stats: Command = {
  name: "db stats",
  summary: "what a database is made of, and the state of a block in it by pallet and item",
  examples: [
    ["khala db stats --chain local --base-path /var/lib/khala", "of the best block's state"],
    [
      "khala db stats --chain local --base-path /var/lib/khala --at 1000 --all --json",
      "of another one's",
    ],
  ],
  flags: [
    ...CHAIN_FLAGS,
    BASE_PATH_FLAG,
    {
      name: "at",
      group: "State",
      values: "one",
      placeholder: "HEIGHT",
      docs: "of which block the state is looked at",
      standard: "the best one",
    },
    {name: "all", group: "State", values: "none", docs: "all items, not the largest alone"},
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./stats.ts")).stats(values, terminal)),
};

const diff: Command = {
  name: "db diff",
  summary: "how the state at one height is other than at another one, by pallet and item",
  examples: [
    [
      "khala db diff 100 200 --chain local --base-path /var/lib/khala",
      "what a hundred blocks changed",
    ],
  ],
  usage: "FROM TO",
  least: 2,
  most: 2,
  flags: [...CHAIN_FLAGS, BASE_PATH_FLAG, JSON_FLAG],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./diff.ts")).diff(values, terminal)),
};

const compact: Command = {
  name: "db compact",
  summary: "make a database's file as small as what is in it, as after less is kept than before",
  examples: [
    ["khala db compact --chain local --base-path /var/lib/khala", "of a node that is stopped"],
  ],
  flags: [...CHAIN_FLAGS, BASE_PATH_FLAG, JSON_FLAG],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./compact.ts")).compact(values, terminal)),
};

export const dbCommands: readonly Command[] = [ranges, stats, diff, check, compact];
