import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import type {Selection} from "./config.ts";
import {judgeCandidates} from "./judge-candidates.ts";
import type {CandidateInfo} from "./storage.ts";
import {collatorSelectionWeights} from "./weights.ts";

/**
 * The collators of the session after next: all invulnerables, then the candidates that are left after those who
 * became invulnerable have been taken off the list and the silent ones kicked, as far as the minimum allows
 * (spec/pallets §11.5). The list is read and written once, however many go.
 */
export function newSession(state: Externalities, selection: Selection): AccountId[] {
  const {deps, storage} = selection;
  const judged = judgeCandidates(state, selection, deps.blockNumber(state));
  const invulnerables = storage.invulnerables.get(state);
  const staying: CandidateInfo[] = [];
  for (const {candidate, fate} of judged) {
    if (fate === "stays" || fate === "spared") {
      staying.push(candidate);
      continue;
    }
    const {who} = candidate;
    deps.currency.unreserve(state, who, candidate.deposit);
    if (fate === "kicked") storage.lastAuthoredBlock.remove(state, who);
    selection.events.CandidateRemoved(state, {accountId: who});
  }
  if (staying.length < judged.length) storage.candidates.set(state, staying);
  const before = BigInt(judged.length);
  const removed = before - BigInt(staying.length);
  deps.registerMandatoryWeight(state, collatorSelectionWeights.newSession(before, removed));
  return [...invulnerables, ...staying.map(({who}) => who)];
}
