import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import {
  collatorSelectionWeights,
  removeCandidate,
  type Selection,
} from "../../../src/runtime/testing.ts";

/** Kicks while more than the minimum of candidates are left; knows nothing of candidates that are invulnerable. */
export function newSessionV0(state: Externalities, selection: Selection): AccountId[] {
  const {config, deps, storage} = selection;
  const now = deps.blockNumber(state);
  const candidates = storage.candidates.get(state);
  const staying = candidates
    .map(({who}) => who)
    .filter(who => {
      const silentFor = now - storage.lastAuthoredBlock.get(state, who);
      const left = storage.candidates.get(state).length;
      if (silentFor < config.kickThreshold || left <= config.minEligibleCollators) return true;
      removeCandidate(state, selection, who, {forgetLastAuthored: true});
      return false;
    });
  const before = BigInt(candidates.length);
  const removed = before - BigInt(staying.length);
  deps.registerMandatoryWeight(state, collatorSelectionWeights.newSession(before, removed));
  return [...storage.invulnerables.get(state), ...staying];
}
