import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import type {Selection} from "./config.ts";
import {collatorSelectionWeights} from "./weights.ts";

/** Pays half of what the pot can spare to the author, and notes that it is alive (spec/pallets §11.4). */
export function noteAuthor(
  state: Externalities,
  {deps, storage, pot}: Selection,
  author: AccountId,
): void {
  const free = deps.currency.free(state, pot);
  const reward = free > deps.existentialDeposit ? (free - deps.existentialDeposit) / 2n : 0n;
  // A reward that cannot be paid (an author whose account it would not bring to life) stays in the pot.
  deps.currency.pay(state, pot, author, reward, "Preserve");
  storage.lastAuthoredBlock.set(state, author, deps.blockNumber(state));
  deps.registerMandatoryWeight(state, collatorSelectionWeights.noteAuthor());
}
