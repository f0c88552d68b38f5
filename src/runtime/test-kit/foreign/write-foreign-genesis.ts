import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import type {CollatorChain} from "../../chains/index.ts";
import {palletAccount} from "../../pallets/collator-selection/index.ts";
import type {SessionKeys} from "../../pallets/session/index.ts";

/** What the chain's owners decide about its first state. */
export interface ForeignState {
  readonly balances: readonly (readonly [AccountId, bigint])[];
  readonly invulnerables: readonly AccountId[];
  readonly keys: readonly (readonly [AccountId, SessionKeys])[];
  readonly candidacyBond: bigint;
  readonly sudo: AccountId | undefined;
}

/** Writes all of the state before block 1 but the code. */
export function writeForeignGenesis(
  state: Externalities,
  {config, system, balances, collatorSelection, session, sudo}: CollatorChain,
  genesis: ForeignState,
): void {
  system.genesis(state);
  const pot = palletAccount(config.collatorSelection.potId);
  balances.genesis(state, [...genesis.balances, [pot, config.existentialDeposit]]);
  const {invulnerables, candidacyBond} = genesis;
  collatorSelection.genesis(state, {invulnerables, candidacyBond, desiredCandidates: 5});
  session.genesis(state, genesis.keys);
  sudo.genesis(state, genesis.sudo);
}
