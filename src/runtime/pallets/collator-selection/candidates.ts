import {compareBytes, equalBytes} from "#base";
import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import type {Selection} from "./config.ts";

export function includesAccount(accounts: readonly AccountId[], who: AccountId): boolean {
  return accounts.some(account => equalBytes(account, who));
}

/** Where `who` stands, or would have to stand, in a sorted list. */
export function sortedPosition(
  accounts: readonly AccountId[],
  who: AccountId,
): {index: number; present: boolean} {
  let low = 0;
  let high = accounts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareBytes(accounts[middle]!, who) < 0) low = middle + 1;
    else high = middle;
  }
  const found = accounts[low];
  return {index: low, present: found !== undefined && equalBytes(found, who)};
}

/** Candidates and invulnerables together: what the minimum is held against. */
export function eligibleCollators(state: Externalities, {storage}: Selection): number {
  return storage.candidates.get(state).length + storage.invulnerables.get(state).length;
}

/**
 * Takes `who` off the list and gives the whole deposit back. True when it was a candidate. Forgetting the last
 * authored block is left out for those who go on as invulnerables.
 */
export function removeCandidate(
  state: Externalities,
  selection: Selection,
  who: AccountId,
  options: {forgetLastAuthored: boolean},
): boolean {
  const {storage, events, deps} = selection;
  const candidates = storage.candidates.get(state);
  const index = candidates.findIndex(candidate => equalBytes(candidate.who, who));
  const candidate = candidates[index];
  if (candidate === undefined) return false;
  deps.currency.unreserve(state, who, candidate.deposit);
  storage.candidates.set(state, [...candidates.slice(0, index), ...candidates.slice(index + 1)]);
  if (options.forgetLastAuthored) storage.lastAuthoredBlock.remove(state, who);
  events.CandidateRemoved(state, {accountId: who});
  return true;
}
