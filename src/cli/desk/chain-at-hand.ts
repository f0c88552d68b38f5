import {bytesToHex} from "#base";
import {genesisToStore} from "#chain-spec";
import {type CryptoSuite, isSs58Prefix, type Ss58Prefix, withBlockHashing} from "#crypto";
import {addressPrefix, type ChainDescription} from "#description";
import {genesisMakers} from "#node";
import {genesisHashOf} from "#store";
import {chainOf} from "../chain-flags.ts";
import type {FlagValues} from "../flags/index.ts";
import {askRuntime, type ChainRuntime} from "./chain-runtime.ts";
import {DeskError} from "./desk-error.ts";
import type {NodeLink} from "./node-link.ts";

/** How a chain writes amounts. */
export interface AmountUnit {
  readonly symbol: string;
  readonly decimals: number;
}

/** What is spoken to: program and chain. */
export interface ChainAtHand extends ChainRuntime, AmountUnit {
  readonly program: string;
  readonly name: string;
  readonly prefix: Ss58Prefix;
}

type Properties = Readonly<Record<string, unknown>>;

/** How the chain writes amounts. */
export async function askUnit(link: NodeLink): Promise<AmountUnit> {
  return unitOf((await link.ask("system_properties")) as Properties);
}

/**
 * Amounts of a chain that names no token are told in its smallest unit. Of several tokens, which properties list, the
 * first is the one that fees are paid in.
 */
export function unitOf({tokenSymbol, tokenDecimals}: Properties): AmountUnit {
  const [symbol] = [tokenSymbol].flat();
  const [decimals] = [tokenDecimals].flat();
  const isToken = typeof symbol === "string" && symbol !== "";
  return isToken && Number.isSafeInteger(decimals) && (decimals as number) >= 0
    ? {symbol, decimals: decimals as number}
    : {symbol: "of the smallest unit", decimals: 0};
}

/** Asks what chain the node is of, and how that is written to. Which chain it may be is for the flags to say. */
export async function askChain(
  link: NodeLink,
  values: FlagValues,
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
): Promise<ChainAtHand> {
  const [program, version, name, properties, runtime] = await Promise.all([
    link.ask("system_name") as Promise<string>,
    link.ask("system_version") as Promise<string>,
    link.ask("system_chain") as Promise<string>,
    link.ask("system_properties") as Promise<Properties>,
    askRuntime((method, ...params) => link.ask(method, ...params), crypto.hashing),
  ]);
  refuseOther(name, bytesToHex(runtime.genesisHash), values, crypto);
  return {
    ...runtime,
    ...unitOf(properties),
    program: `${program} ${version}`,
    name,
    prefix: prefixOf(runtime.description, properties),
  };
}

/** The type of the chain's addresses. */
export function prefixOf(
  description: ChainDescription | undefined,
  properties: Properties,
): Ss58Prefix {
  const {ss58Format} = properties;
  if (typeof ss58Format !== "number" || isSs58Prefix(ss58Format)) {
    return addressPrefix(description, properties);
  }
  throw new DeskError({
    code: "chain-prefix",
    what: "the chain says that its addresses are of a type that no address has",
    facts: [["ss58Format", String(ss58Format)]],
    todo: "mend properties.ss58Format of the chain spec that the node runs, for instance to 42, and start it again",
  });
}

function refuseOther(
  name: string,
  genesis: string,
  values: FlagValues,
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
): void {
  const expected = values.one("genesis-hash") ?? genesisOf(values, crypto);
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

function genesisOf(
  values: FlagValues,
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
): string | undefined {
  if (!values.has("chain")) return undefined;
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) throw new DeskError(chosen.error);
  const {genesis, blockHashing} = chosen.value.spec;
  const block = genesisToStore(genesis, genesisMakers(withBlockHashing(crypto, blockHashing)));
  if (!block.ok) throw new DeskError(block.error);
  return bytesToHex(genesisHashOf(block.value));
}
