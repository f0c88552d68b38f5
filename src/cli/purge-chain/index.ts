/** `khala purge-chain`: removes a chain's database. Keys stay. */
import {formatReport} from "#base";
import {purgeDatabase} from "#node";
import {BASE_PATH_FLAG, basePathOf} from "../base-path.ts";
import {CHAIN_FLAGS, chainOf} from "../chain-flags.ts";
import {type Command, FAILURE, SUCCESS} from "../command.ts";
import {ask} from "../question.ts";
import {CHAIN_COMMAND_FLAGS} from "../substrate/index.ts";

export const purgeChain: Command = {
  name: "purge-chain",
  summary: "remove a chain's database; its keystore stays",
  examples: [
    ["khala purge-chain --chain local --base-path /tmp/alice", "asks before"],
    ["khala purge-chain --chain local --base-path /tmp/alice -y", "does not ask"],
  ],
  flags: [
    ...CHAIN_FLAGS,
    BASE_PATH_FLAG,
    {name: "yes", short: "y", group: "Confirmation", values: "none", docs: "do not ask"},
  ],
  foreign: CHAIN_COMMAND_FLAGS,
  async run(values, terminal) {
    const chosen = chainOf(values, "dev");
    if (!chosen.ok) {
      terminal.stderr(formatReport(chosen.error));
      return FAILURE;
    }
    const basePath = basePathOf(values);
    const {id} = chosen.value.spec;
    if (!values.has("yes")) {
      const answer = await ask(`Remove the database of ${id} under ${basePath}? [y/N] `);
      if (answer === undefined) {
        terminal.stderr(
          formatReport({
            code: "unanswered",
            what: "nobody answers: standard input is closed",
            did: "removed nothing",
            todo: "say it on the command line: --yes",
          }),
        );
        return FAILURE;
      }
      if (!/^y(es)?$/i.test(answer.trim())) {
        terminal.stderr("nothing removed");
        return SUCCESS;
      }
    }
    const purged = purgeDatabase(basePath, id);
    if (!purged.ok) {
      terminal.stderr(formatReport(purged.error));
      return FAILURE;
    }
    terminal.stdout(purged.value);
    return SUCCESS;
  },
};
