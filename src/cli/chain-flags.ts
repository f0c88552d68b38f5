import type {Report, Result} from "#base";
import {type ChosenChain, chooseChain, PARAMETER_TABLE} from "#chain-spec";
import type {Flag, FlagValues} from "./flags/index.ts";
import {readText} from "./read-text.ts";

const GROUP = "Chain";

/** Flags by which every command says which chain it is about. */
export const CHAIN_FLAGS: readonly Flag[] = [
  {
    name: "chain",
    group: GROUP,
    values: "one",
    placeholder: "SPEC",
    docs: "dev, local, standalone, or the path of a chain-spec file",
  },
  {name: "dev", group: GROUP, values: "none", docs: "the same as --chain dev"},
  {
    name: "param",
    group: GROUP,
    values: "many",
    placeholder: "NAME=VALUE",
    docs: `set a parameter of the chain: ${PARAMETER_TABLE.map(({flag}) => flag).join(", ")}`,
  },
  {
    name: "genesis",
    group: GROUP,
    values: "one",
    placeholder: "FILE",
    docs: "owners, authorities and balances of a standalone chain",
  },
  {
    name: "block-hashing",
    group: GROUP,
    values: "one",
    placeholder: "blake2-256|keccak-256",
    docs: "what the chain hashes blocks, transactions and tries by, where its spec does not say it (blockHashing)",
  },
];

/** The chain that the flags choose. */
export function chainOf(values: FlagValues, fallback: string): Result<ChosenChain, Report> {
  return chooseChain(
    {
      chain: values.one("chain") ?? (values.has("dev") ? "dev" : fallback),
      parameters: values.many("param"),
      genesisFile: values.one("genesis"),
      blockHashing: values.one("block-hashing"),
    },
    readText,
  );
}
