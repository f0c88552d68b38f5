import {accountId} from "#primitives";
import {call, done, failed} from "../../../frame/index.ts";
import {eligibleCollators, sortedPosition} from "../candidates.ts";
import type {Selection} from "../config.ts";
import {collatorSelectionWeights} from "../weights.ts";

/** Dismisses one invulnerable, unless too few collators would be left. */
export const removeInvulnerable = (selection: Selection) => {
  const {config, storage, events, errors} = selection;
  return call({
    name: "remove_invulnerable",
    index: 6,
    docs: "Remove an account `who` from the list of `Invulnerables` collators. `Invulnerables` must be sorted.",
    args: {who: accountId},
    weight: () => collatorSelectionWeights.removeInvulnerable(BigInt(config.maxInvulnerables)),
    dispatch(state, origin, {who}) {
      const allowed = config.updateOrigin(origin);
      if (!allowed.ok) return failed(allowed.error);
      if (eligibleCollators(state, selection) <= config.minEligibleCollators) {
        return failed(errors.TooFewEligibleCollators);
      }
      const before = storage.invulnerables.get(state);
      const {index, present} = sortedPosition(before, who);
      if (!present) return failed(errors.NotInvulnerable);
      storage.invulnerables.set(state, [...before.slice(0, index), ...before.slice(index + 1)]);
      events.InvulnerableRemoved(state, {accountId: who});
      return done();
    },
  });
};
