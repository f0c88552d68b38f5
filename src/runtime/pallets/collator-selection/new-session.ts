import {bytesToBinary} from "#base";
import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import type {Selection} from "./config.ts";
import type {CandidateInfo} from "./storage.ts";
import {collatorSelectionWeights} from "./weights.ts";

/**
 * The collators of the session after next: all invulnerables, then the candidates that are left after those who
 * became invulnerable have been taken off the list and the silent ones kicked, as far as the minimum allows
 * (spec/pallets §11.5). The list is read and written once, however many go.
 */
export function newSession(state: Externalities, selection: Selection): AccountId[] {
  const {config, deps, storage} = selection;
  const now = deps.blockNumber(state);
  const candidates = storage.candidates.get(state);
  const invulnerables = storage.invulnerables.get(state);
  const appointed = new Set(invulnerables.map(bytesToBinary));
  const staying: CandidateInfo[] = [];
  let eligible = candidates.length + invulnerables.length;
  for (const candidate of candidates) {
    const {who} = candidate;
    const isAppointed = appointed.has(bytesToBinary(who));
    const silentFor = now - storage.lastAuthoredBlock.get(state, who);
    const isKicked = silentFor >= config.kickThreshold && eligible > config.minEligibleCollators;
    if (!isAppointed && !isKicked) {
      staying.push(candidate);
      continue;
    }
    eligible--;
    deps.currency.unreserve(state, who, candidate.deposit);
    if (!isAppointed) storage.lastAuthoredBlock.remove(state, who);
    selection.events.CandidateRemoved(state, {accountId: who});
  }
  if (staying.length < candidates.length) storage.candidates.set(state, staying);
  const before = BigInt(candidates.length);
  const removed = before - BigInt(staying.length);
  deps.registerMandatoryWeight(state, collatorSelectionWeights.newSession(before, removed));
  return [...invulnerables, ...staying.map(({who}) => who)];
}
