import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import {eligibleCollators, includesAccount, removeCandidate} from "./candidates.ts";
import type {Selection} from "./config.ts";
import {collatorSelectionWeights} from "./weights.ts";

/**
 * The collators of the session after next: all invulnerables, then the candidates that are left after those who
 * became invulnerable have been taken off the list and the silent ones kicked, as far as the minimum allows
 * (spec/pallets §11.5).
 */
export function newSession(state: Externalities, selection: Selection): AccountId[] {
  const {config, deps, storage} = selection;
  const now = deps.blockNumber(state);
  const candidates = storage.candidates.get(state);
  const invulnerables = storage.invulnerables.get(state);
  const staying: AccountId[] = [];
  for (const {who} of candidates) {
    if (includesAccount(invulnerables, who)) {
      removeCandidate(state, selection, who, {forgetLastAuthored: false});
      continue;
    }
    const silentFor = now - storage.lastAuthoredBlock.get(state, who);
    const kicked =
      silentFor >= config.kickThreshold &&
      eligibleCollators(state, selection) > config.minEligibleCollators;
    if (kicked) removeCandidate(state, selection, who, {forgetLastAuthored: true});
    else staying.push(who);
  }
  const before = BigInt(candidates.length);
  const removed = before - BigInt(staying.length);
  deps.registerMandatoryWeight(state, collatorSelectionWeights.newSession(before, removed));
  return [...invulnerables, ...staying];
}
