/** `khala build-spec`: prints the chain spec of a preset or of another spec, readable or raw. */
import {formatReport} from "#base";
import {formatChainSpec} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {genesisMakers} from "#node";
import {CHAIN_FLAGS, chainOf} from "../chain-flags.ts";
import {type Command, FAILURE, SUCCESS} from "../command.ts";
import {CHAIN_COMMAND_FLAGS} from "../substrate/index.ts";

export const buildSpec: Command = {
  name: "build-spec",
  summary: "print a chain spec",
  examples: [
    ["khala build-spec --chain local", "readable, to be changed by hand"],
    ["khala build-spec --chain local --raw", "every key of the first state"],
  ],
  flags: [
    ...CHAIN_FLAGS,
    {
      name: "raw",
      group: "Output",
      values: "none",
      docs: "every key of the first state, as light clients need it",
    },
  ],
  foreign: CHAIN_COMMAND_FLAGS,
  async run(values, terminal) {
    const chosen = chainOf(values, "dev");
    if (!chosen.ok) {
      terminal.stderr(formatReport(chosen.error));
      return FAILURE;
    }
    const {spec, warnings} = chosen.value;
    for (const warning of warnings) terminal.stderr(`warning: ${warning}`);
    const makers = genesisMakers(await createNativeCrypto());
    const text = formatChainSpec(spec, {isRaw: values.has("raw")}, makers);
    if (!text.ok) {
      terminal.stderr(formatReport(text.error));
      return FAILURE;
    }
    terminal.stdout(text.value.trimEnd());
    return SUCCESS;
  },
};
