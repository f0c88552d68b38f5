import type {BinaryString} from "#base";
import type {CryptoSuite} from "#crypto";
import {type AccountId, CODE_KEY} from "#primitives";
import {memoryState, Overlay} from "#state";
import {palletAccount} from "../../pallets/collator-selection/index.ts";
import {composeForeign, FOREIGN} from "./compose-foreign.ts";
import {foreignCode} from "./foreign-code.ts";

export interface ForeignGenesis {
  readonly balances: readonly (readonly [AccountId, bigint])[];
  /** Accounts that are their own Aura keys. */
  readonly invulnerables: readonly AccountId[];
  readonly sudo: AccountId;
  readonly candidacyBond: bigint;
}

/** A raw chain spec of the foreign chain, as another team would hand it out. */
export function foreignSpec(
  genesis: ForeignGenesis,
  {hashing}: Pick<CryptoSuite, "hashing">,
  systemVersion?: number,
) {
  const chain = composeForeign(hashing, systemVersion);
  const {system, balances, collatorSelection, session, sudo} = chain;
  const state = new Overlay(memoryState([], data => hashing.blake2b256(data)));
  system.genesis(state);
  const pot = [palletAccount("toy/pot0"), FOREIGN.existentialDeposit] as const;
  balances.genesis(state, [...genesis.balances, pot]);
  collatorSelection.genesis(state, {
    invulnerables: genesis.invulnerables,
    candidacyBond: genesis.candidacyBond,
    desiredCandidates: 5,
  });
  session.genesis(
    state,
    genesis.invulnerables.map(who => [who, {aura: who}] as const),
  );
  sudo.genesis(state, genesis.sudo);
  state.set(CODE_KEY, foreignCode(chain));
  const top = new Map<BinaryString, Uint8Array>();
  for (const [key, value] of state.changes()) if (value !== undefined) top.set(key, value);
  const {ss58Prefix, token} = FOREIGN;
  return {
    name: "Toyland",
    id: "toyland",
    chainType: "Local",
    bootNodes: [],
    protocolId: "toy",
    properties: {
      ss58Format: ss58Prefix,
      tokenSymbol: token.symbol,
      tokenDecimals: token.decimals,
    },
    genesis: {kind: "raw", top, children: new Map()},
  } as const;
}
