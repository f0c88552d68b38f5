/**
 * `khala check-block N|HASH`: has a running node execute a block once more and its runtime's own `validate_block` judge it by its
 * proof, as a relay chain's validators would. A node does it, since nobody else may open its database. With `--file` it does so with
 * blocks that some node exported, kept or not, as long as it has the state of their parents.
 *
 * Exit codes: 0 valid, 1 refused or failed, 2 a wrong command line, 3 not judged.
 *
 * Out of scope: judging (`node/judging`), and each own block before it is kept (`--validate-own-blocks`).
 */
import {JSON_FLAG} from "../answer.ts";
import type {Command} from "../command.ts";
import {LINK_FLAGS} from "../desk/link-flags.ts";
import {runAtDesk} from "../desk/run-at-desk.ts";

export const checkBlockCommand: Command = {
  name: "check-block",
  usage: "[N|HASH]",
  most: 1,
  summary: "have the runtime's own validate_block judge a block of a running node, or of a file",
  examples: [
    ["khala check-block 1200", "that block of the node on this machine"],
    ["khala check-block 1200 --json", "as JSON"],
    ["khala check-block --file blocks.bin", "each block of a file of export-blocks"],
  ],
  flags: [
    ...LINK_FLAGS,
    {
      name: "file",
      group: "Blocks",
      values: "one",
      placeholder: "FILE",
      docs: "blocks that a node exported, as JSON or binary: all of them, or the one that is named",
    },
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAtDesk(values, terminal, async link =>
      (await import("./check-block.ts")).checkBlock(link, values, terminal),
    ),
};
