import {parse, stringify} from "lossless-json";
import type {BinaryString} from "#base";
import {type CryptoSuite, encodeSs58} from "#crypto";
import {type AccountId, CODE_KEY} from "#primitives";
import {memoryState, Overlay} from "#state";
import {composeForeign} from "./compose-foreign.ts";
import {foreignCode} from "./foreign-code.ts";
import {FOREIGN, type ForeignRelease, SOLO} from "./releases.ts";
import {writeForeignGenesis} from "./write-foreign-genesis.ts";

export interface ForeignGenesis {
  readonly balances: readonly (readonly [AccountId, bigint])[];
  /** Accounts that are their own Aura keys, where no others are given for them. */
  readonly invulnerables: readonly AccountId[];
  readonly auraKeys?: readonly Uint8Array[];
  readonly sudo: AccountId;
  readonly candidacyBond: bigint;
}

const HEAD = {
  name: "Toyland",
  id: "toyland",
  chainType: "Local",
  bootNodes: [],
  protocolId: "toy",
  properties: {
    ss58Format: FOREIGN.ss58Prefix,
    tokenSymbol: FOREIGN.token.symbol,
    tokenDecimals: FOREIGN.token.decimals,
  },
} as const;

/** A raw chain spec of the foreign chain, as another team would hand it out. */
export function foreignSpec(
  genesis: ForeignGenesis,
  {hashing}: Pick<CryptoSuite, "hashing">,
  release?: ForeignRelease,
) {
  const chain = composeForeign(hashing, release);
  const state = new Overlay(memoryState([], data => hashing.blake2b256(data)));
  const keys = genesis.invulnerables.map(
    (who, i) => [who, {aura: genesis.auraKeys?.[i] ?? who}] as const,
  );
  writeForeignGenesis(state, chain, {...genesis, keys});
  state.set(CODE_KEY, foreignCode(hashing, release));
  const top = new Map<BinaryString, Uint8Array>();
  for (const [key, value] of state.changes()) if (value !== undefined) top.set(key, value);
  return {...HEAD, genesis: {kind: "raw", top, children: new Map()}} as const;
}

/** A readable chain spec of the chain that has voters: its runtime builds the first state. */
export function soloSpec(
  genesis: ForeignGenesis,
  /** Of each invulnerable, in the same order: who votes. */
  voters: readonly Uint8Array[],
  {hashing}: Pick<CryptoSuite, "hashing">,
) {
  const code = foreignCode(hashing, SOLO);
  const address = (key: Uint8Array) => encodeSs58(key, FOREIGN.ss58Prefix);
  const invulnerables = genesis.invulnerables.map(address);
  const config = {
    balances: {balances: genesis.balances.map(([who, amount]) => [address(who), amount])},
    collatorSelection: {invulnerables, candidacyBond: genesis.candidacyBond},
    session: {
      keys: invulnerables.map((who, i) => [who, who, {aura: who, grandpa: address(voters[i]!)}]),
    },
    sudo: {key: address(genesis.sudo)},
  };
  // Numbers as a file's reader has them.
  const patch = parse(stringify(config)!);
  return {
    ...HEAD,
    id: "toyland_solo",
    genesis: {kind: "configured", code, config: {kind: "patch", patch}},
  } as const;
}
