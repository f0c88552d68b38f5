/**
 * `khala export-blocks`, `import-blocks`, `export-state`, `revert`: as Substrate's nodes have them, with their options and the forms of
 * their files.
 *
 * Out of scope: what is done (`node/chain-files`), a state as a folder that is checked file by file (`cli/snapshot`).
 */
import {JSON_FLAG} from "../answer.ts";
import {BASE_PATH_FLAG} from "../base-path.ts";
import {CHAIN_FLAGS} from "../chain-flags.ts";
import type {Command} from "../command.ts";
import {LINK_FLAGS} from "../desk/link-flags.ts";
import {runAndReport} from "../desk/run-and-report.ts";
import {FINALITY_FLAG} from "../finality-flag.ts";
import type {Flag} from "../flags/index.ts";
import {onDisk} from "../on-disk.ts";
import {CHAIN_COMMAND_FLAGS} from "../substrate/index.ts";

const GROUP = "Blocks";

const BINARY: Flag = {
  name: "binary",
  group: GROUP,
  values: "none",
  docs: "SCALE after a count instead of JSON; of a file to be read its first bytes say it",
};

const exportBlocks: Command = {
  name: "export-blocks",
  usage: "[FILE]",
  most: 1,
  summary: "write blocks of the best chain to a file, as JSON or binary",
  examples: [
    ["khala export-blocks blocks.json --chain spec.json --base-path /var/lib/khala", "all"],
    [
      "khala export-blocks blocks.bin --binary --from 1000 --to 2000 --url ws://127.0.0.1:9944",
      "some, of a node that runs",
    ],
  ],
  flags: [
    ...CHAIN_FLAGS,
    ...LINK_FLAGS,
    {name: "from", group: GROUP, values: "one", placeholder: "N", docs: "the first", standard: "1"},
    {
      name: "to",
      group: GROUP,
      values: "one",
      placeholder: "N",
      docs: "the last",
      standard: "the best block",
    },
    BINARY,
    JSON_FLAG,
  ],
  foreign: CHAIN_COMMAND_FLAGS,
  run: (values, terminal) =>
    runAndReport(terminal, () =>
      onDisk(async () => (await import("./export-blocks.ts")).exportingBlocks(values, terminal)),
    ),
};

const importBlocks: Command = {
  name: "import-blocks",
  usage: "FILE",
  least: 1,
  most: 1,
  summary:
    "execute and keep the blocks of a file, as export-blocks of any Substrate node writes it",
  examples: [
    [
      "khala import-blocks blocks.bin --chain spec.json --base-path /var/lib/khala",
      "run again, it goes on",
    ],
    [
      "khala import-blocks blocks.json --chain dev --base-path /tmp/copy --json",
      "says what came of it as JSON",
    ],
  ],
  flags: [...CHAIN_FLAGS, BASE_PATH_FLAG, FINALITY_FLAG, BINARY, JSON_FLAG],
  foreign: CHAIN_COMMAND_FLAGS,
  run: (values, terminal) =>
    runAndReport(terminal, () =>
      onDisk(async () => (await import("./import-blocks.ts")).importingBlocks(values, terminal)),
    ),
};

const exportState: Command = {
  name: "export-state",
  usage: "[N|HASH]",
  most: 1,
  summary: "print the raw chain spec of a chain that begins with the state after a block",
  examples: [
    [
      "khala export-state --chain spec.json --base-path /var/lib/khala > fork.json",
      "of the best block",
    ],
    [
      "khala export-state 1200 --chain dev --base-path /tmp/dev",
      "of another one whose state is kept",
    ],
  ],
  flags: [...CHAIN_FLAGS, BASE_PATH_FLAG],
  foreign: CHAIN_COMMAND_FLAGS,
  run: (values, terminal) =>
    runAndReport(terminal, () =>
      onDisk(async () => (await import("./export-state.ts")).exportingState(values, terminal)),
    ),
};

const revert: Command = {
  name: "revert",
  usage: "[N]",
  most: 1,
  summary: "take back the last blocks (256 where nothing is said) that are not final",
  examples: [
    ["khala revert 10 --chain spec.json --base-path /var/lib/khala", "at most ten"],
    ["khala revert --chain dev --base-path /tmp/dev --json", "as JSON"],
  ],
  flags: [...CHAIN_FLAGS, BASE_PATH_FLAG, JSON_FLAG],
  foreign: CHAIN_COMMAND_FLAGS,
  run: (values, terminal) =>
    runAndReport(terminal, () =>
      onDisk(async () => (await import("./revert.ts")).reverting(values, terminal)),
    ),
};

export const chainFileCommands: readonly Command[] = [
  exportBlocks,
  importBlocks,
  exportState,
  revert,
];
