import {compareBytes, equalBytes, invariant} from "#base";
import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import type {Selection} from "./config.ts";

export interface CollatorSelectionGenesis {
  readonly invulnerables: readonly AccountId[];
  readonly candidacyBond: bigint;
  readonly desiredCandidates: number;
}

/** What the pallet holds before block 1 (spec/pallets §11.1); must be built before Session asks for a set. */
export function buildGenesis(
  state: Externalities,
  {storage, config}: Selection,
  genesis: CollatorSelectionGenesis,
): void {
  const invulnerables = [...genesis.invulnerables].sort(compareBytes);
  invulnerables.forEach((account, i) => {
    const next = invulnerables[i + 1];
    invariant(
      next === undefined || !equalBytes(account, next),
      "duplicate invulnerables in genesis",
    );
  });
  invariant(invulnerables.length <= config.maxInvulnerables, "too many invulnerables in genesis");
  invariant(
    genesis.desiredCandidates <= config.maxCandidates,
    "too many desired candidates in genesis",
  );
  storage.desiredCandidates.set(state, genesis.desiredCandidates);
  storage.candidacyBond.set(state, genesis.candidacyBond);
  storage.invulnerables.set(state, invulnerables);
}
