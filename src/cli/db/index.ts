/**
 * `khala db …`: what is in a chain's database. Of a node that runs it is asked, since nobody else may open its database.
 *
 * Out of scope: removing it (`cli/purge-chain`); changing what is kept, which is a matter of flags and of `khala_setPruning`.
 */
import {JSON_FLAG} from "../answer.ts";
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

export const dbCommands: readonly Command[] = [ranges];
