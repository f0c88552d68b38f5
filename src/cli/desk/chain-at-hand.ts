import {bytesToHex, hex} from "#base";
import {genesisBlock, genesisChildren, genesisEntries} from "#chain-spec";
import {type Hashing, isSs58Prefix, type Ss58Prefix} from "#crypto";
import {KHALA_SS58_PREFIX, KHALA_TOKEN, SPEC_NAME, SPEC_VERSION} from "#runtime";
import {chainOf} from "../chain-flags.ts";
import type {FlagValues} from "../flags/index.ts";
import {DeskError} from "./desk-error.ts";
import type {NodeLink} from "./node-link.ts";

/** What is spoken to: program and chain. */
export interface ChainAtHand {
  readonly program: string;
  readonly name: string;
  readonly genesisHash: Uint8Array;
  readonly prefix: Ss58Prefix;
  readonly symbol: string;
  readonly decimals: number;
}

/** How the chain writes amounts. */
export async function askUnit(link: NodeLink): Promise<Pick<ChainAtHand, "symbol" | "decimals">> {
  const {tokenSymbol, tokenDecimals} = (await link.ask("system_properties")) as Readonly<
    Record<string, unknown>
  >;
  return {
    symbol: String(tokenSymbol ?? KHALA_TOKEN.symbol),
    decimals: numberOr(tokenDecimals, KHALA_TOKEN.decimals),
  };
}

/**
 * Asks what chain the node is of, and refuses one whose calls this program does not know: they are encoded by the
 * runtime built in here, not by the chain's metadata.
 */
export async function askChain(
  link: NodeLink,
  values: FlagValues,
  hashing: Hashing,
): Promise<ChainAtHand> {
  const [name, version, genesis, runtime, properties, unit] = await Promise.all([
    link.ask("system_chain") as Promise<string>,
    link.ask("system_version") as Promise<string>,
    link.ask("chain_getBlockHash", 0) as Promise<string>,
    link.ask("state_getRuntimeVersion") as Promise<{specName: string; specVersion: number}>,
    link.ask("system_properties") as Promise<Readonly<Record<string, unknown>>>,
    askUnit(link),
  ]);
  const {specName, specVersion} = runtime;
  if (specName !== SPEC_NAME || specVersion !== SPEC_VERSION) {
    throw new DeskError({
      code: "runtime-foreign",
      what: "the chain has a runtime that this program cannot speak to",
      facts: [
        ["chain", `${name}: ${specName} ${specVersion}`],
        ["this", `${SPEC_NAME} ${SPEC_VERSION}`],
      ],
      todo: "use the program's version that the node has, or another wallet for other chains",
    });
  }
  refuseOther(name, genesis, values, hashing);
  return {
    program: `khala ${version}`,
    name,
    genesisHash: hex(genesis),
    prefix: prefixOf(properties),
    ...unit,
  };
}

const numberOr = (value: unknown, standard: number): number =>
  typeof value === "number" ? value : standard;

/** The type of the chain's addresses, Khala's where it says none. */
export function prefixOf({ss58Format}: Readonly<Record<string, unknown>>): Ss58Prefix {
  const prefix = numberOr(ss58Format, KHALA_SS58_PREFIX);
  if (isSs58Prefix(prefix)) return prefix;
  throw new DeskError({
    code: "chain-prefix",
    what: "the chain says that its addresses are of a type that no address has",
    facts: [["ss58Format", String(prefix)]],
    todo: "mend properties.ss58Format of the chain spec that the node runs, for instance to 42, and start it again",
  });
}

function refuseOther(name: string, genesis: string, values: FlagValues, hashing: Hashing): void {
  const expected = values.one("genesis-hash") ?? genesisOf(values, hashing);
  if (expected === undefined || genesis.startsWith(expected.toLowerCase())) return;
  throw new DeskError({
    code: "chain-other",
    what: "the node is of another chain than the one expected",
    facts: [
      ["found", `${name}, genesis ${genesis}`],
      ["expected", expected],
    ],
    todo: "start the node with the right --chain, or point --url at another one",
  });
}

function genesisOf(values: FlagValues, hashing: Hashing): string | undefined {
  if (!values.has("chain")) return undefined;
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) throw new DeskError(chosen.error);
  const {genesis} = chosen.value.spec;
  return bytesToHex(
    genesisBlock(genesisEntries(genesis, hashing), 0, hashing, genesisChildren(genesis)).hash,
  );
}
