/**
 * `khala export-genesis-head`: the SCALE header of block 0 as hex, for any chain spec. For a raw spec it is
 * computed from `genesis.raw` alone, so the chain's runtime need not be one that this program can run.
 */
import {bytesToHex, formatReport} from "#base";
import {firstState, genesisBlock, genesisStateVersion} from "#chain-spec";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {genesisMakers} from "#node";
import {CHAIN_FLAGS, chainOf} from "../chain-flags.ts";
import {type Command, FAILURE, SUCCESS, USAGE} from "../command.ts";
import {CHAIN_COMMAND_FLAGS} from "../substrate/index.ts";

export const exportGenesisHead: Command = {
  name: "export-genesis-head",
  usage: "[CHAIN]",
  most: 1,
  summary: "print the header of block 0",
  examples: [
    ["khala export-genesis-head local", "of a preset"],
    ["khala export-genesis-head --chain khala-raw.json", "of a chain-spec file"],
  ],
  flags: [
    ...CHAIN_FLAGS,
    {
      name: "state-version",
      group: "Genesis",
      values: "one",
      placeholder: "0|1",
      docs: "how the state is laid out, instead of what :code says",
    },
  ],
  foreign: CHAIN_COMMAND_FLAGS,
  async run(values, terminal) {
    const asked = values.one("state-version");
    if (asked !== undefined && asked !== "0" && asked !== "1") {
      const what = `--state-version ${asked}: there are 0 and 1`;
      terminal.stderr(formatReport({code: "flag-invalid", what}));
      return USAGE;
    }
    const chosen = chainOf(values, values.positional[0] ?? "dev");
    if (!chosen.ok) {
      terminal.stderr(formatReport(chosen.error));
      return FAILURE;
    }
    const crypto = withBlockHashing(await createNativeCrypto(), chosen.value.spec.blockHashing);
    const first = firstState(chosen.value.spec.genesis, genesisMakers(crypto));
    if (!first.ok) {
      terminal.stderr(formatReport(first.error));
      return FAILURE;
    }
    const read = genesisStateVersion(first.value.top);
    if (asked === undefined && !read.ok) {
      terminal.stderr(
        formatReport({
          code: "state-version-unknown",
          what: read.error,
          did: "nothing",
          todo: "say it with --state-version 0 or --state-version 1",
        }),
      );
      return FAILURE;
    }
    const version = asked === undefined ? (read.ok ? read.value : 0) : asked === "1" ? 1 : 0;
    const {headerBytes} = genesisBlock(first.value, version, crypto.hashing);
    terminal.stdout(bytesToHex(headerBytes));
    return SUCCESS;
  },
};
