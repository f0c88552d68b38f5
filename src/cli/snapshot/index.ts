/**
 * `khala snapshot …`: the state at one block as a folder of files, taken of a node that runs or of a database that none has open, and
 * taken in by a node that is to begin there.
 *
 * Out of scope: the files (`snapshot`), what is done with them (`node/snapshots`), blocks and specs in Substrate's own forms
 * (`cli/chain-files`).
 */
import {JSON_FLAG} from "../answer.ts";
import {BASE_PATH_FLAG} from "../base-path.ts";
import {CHAIN_FLAGS} from "../chain-flags.ts";
import type {Command} from "../command.ts";
import {LINK_FLAGS} from "../desk/link-flags.ts";
import {runAndReport} from "../desk/run-and-report.ts";
import {FINALITY_FLAG} from "../finality-flag.ts";
import {onDisk} from "../on-disk.ts";

const GROUP = "Snapshot";

const exporting: Command = {
  name: "snapshot export",
  usage: "FOLDER",
  least: 1,
  most: 1,
  summary: "write the state of a final block to a folder of files; run again, it goes on",
  examples: [
    ["khala snapshot export /backup/1200000 --url ws://127.0.0.1:9944", "of a node that runs"],
    [
      "khala snapshot export ./snapshot --chain spec.json --base-path /var/lib/khala",
      "of the database there, or of the node that has it open",
    ],
  ],
  flags: [
    ...CHAIN_FLAGS,
    ...LINK_FLAGS,
    {
      name: "block",
      group: GROUP,
      values: "one",
      placeholder: "N|HASH",
      docs: "a final block whose state is kept",
      standard: "the one that was begun there, else the newest final one",
    },
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAndReport(terminal, () =>
      onDisk(async () => (await import("./export.ts")).exporting(values, terminal)),
    ),
};

const importing: Command = {
  name: "snapshot import",
  usage: "FOLDER",
  most: 1,
  summary: "begin a chain with the block of a snapshot; run again, it goes on",
  examples: [
    [
      "khala snapshot import ./snapshot --chain spec.json --base-path /var/lib/khala",
      "into an empty database; history comes from peers afterwards",
    ],
    [
      "khala snapshot import --discard --chain spec.json --base-path /var/lib/khala",
      "remove what there is of one that broke off",
    ],
  ],
  flags: [
    ...CHAIN_FLAGS,
    BASE_PATH_FLAG,
    FINALITY_FLAG,
    {
      name: "block",
      group: GROUP,
      values: "one",
      placeholder: "HASH",
      docs: "the block that the snapshot has to be of: needed where nothing proves that it is one of the chain",
    },
    {
      name: "discard",
      group: GROUP,
      values: "none",
      docs: "remove what there is of a snapshot that was not imported whole",
    },
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAndReport(terminal, () =>
      onDisk(async () => (await import("./import.ts")).importing(values, terminal)),
    ),
};

const verifying: Command = {
  name: "snapshot verify",
  usage: "FOLDER",
  least: 1,
  most: 1,
  summary: "check each file of a snapshot by its digest, and its rows against the state's root",
  examples: [
    ["khala snapshot verify ./snapshot", "says the first file that is wrong"],
    ["khala snapshot verify ./snapshot --json", "as JSON"],
  ],
  flags: [JSON_FLAG],
  run: (values, terminal) =>
    runAndReport(terminal, () =>
      onDisk(async () => (await import("./verify.ts")).verifying(values, terminal)),
    ),
};

const listing: Command = {
  name: "snapshot list",
  usage: "FOLDER…",
  least: 1,
  most: 1_000,
  summary: "what snapshots are of, and how large: those named, and those in the folders named",
  examples: [
    ["khala snapshot list /backup", "all in a folder"],
    ["khala snapshot list ./snapshot --json", "one, with its files, as JSON"],
  ],
  flags: [JSON_FLAG],
  run: (values, terminal) =>
    runAndReport(terminal, () =>
      onDisk(async () => (await import("./list.ts")).listing(values, terminal)),
    ),
};

export const snapshotCommands: readonly Command[] = [exporting, importing, listing, verifying];
