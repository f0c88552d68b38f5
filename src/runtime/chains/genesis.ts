import {type BinaryString, compareBytes, equalBytes} from "#base";
import {encode, u16} from "#codec";
import {type AccountId, CODE_KEY, itemKey, PARAMETERS_KEY} from "#primitives";
import type {Externalities} from "#state";

import {palletAccount} from "../pallets/collator-selection/index.ts";
import type {SessionKeys} from "../pallets/session/index.ts";
import {chainCode} from "./chain-code.ts";
import type {CollatorChain} from "./collator-chain.ts";
import {POT_ID, TREASURY_ID} from "./khala.ts";
import {type Parameters, parameters as parametersCodec} from "./parameters.ts";

/** What the chain's owners decide about its first state. */
export interface KhalaGenesis {
  readonly balances: readonly (readonly [AccountId, bigint])[];
  readonly invulnerables: readonly AccountId[];
  /** Session keys of all invulnerables, and of whoever else is to have some. */
  readonly sessionKeys: readonly (readonly [AccountId, SessionKeys])[];
  readonly sudo: AccountId | undefined;
}

const STORAGE_VERSION = ":__STORAGE_VERSION__:";

function has(balances: KhalaGenesis["balances"], account: AccountId): boolean {
  return balances.some(([who]) => equalBytes(who, account));
}

/**
 * All balances of the first state. Pot and treasury hold the existential deposit from the start, so that no fee is too
 * small to bring them to life.
 */
export function endowments(
  genesis: Pick<KhalaGenesis, "balances">,
  existentialDeposit: bigint,
): KhalaGenesis["balances"] {
  const standing = [palletAccount(POT_ID), palletAccount(TREASURY_ID)]
    .filter(account => !has(genesis.balances, account))
    .sort(compareBytes)
    .map(account => [account, existentialDeposit] as const);
  return [...genesis.balances, ...standing];
}

/** Writes the state before block 1 (spec/pallets §18), in the order of the pallets. */
export function buildGenesisState(
  state: Externalities,
  chain: CollatorChain,
  parameters: Parameters,
  genesis: KhalaGenesis,
): void {
  const {system, balances, collatorSelection, session, sudo, composition} = chain;
  system.genesis(state);
  balances.genesis(state, endowments(genesis, parameters.existentialDeposit));
  collatorSelection.genesis(state, {
    invulnerables: genesis.invulnerables,
    candidacyBond: parameters.candidacyBond,
    desiredCandidates: parameters.desiredCandidates,
  });
  session.genesis(state, genesis.sessionKeys);
  sudo.genesis(state, genesis.sudo);
  for (const {name, storageVersion} of composition.pallets) {
    state.set(storageVersionKey(chain, name), encode(u16, storageVersion));
  }
  state.set(PARAMETERS_KEY, encode(parametersCodec, parameters));
  state.set(CODE_KEY, chainCode(chain));
}

function storageVersionKey({composition}: CollatorChain, pallet: string): BinaryString {
  return itemKey(composition.hashing, pallet, STORAGE_VERSION);
}
