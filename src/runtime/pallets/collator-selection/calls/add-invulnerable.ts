import {accountId} from "#primitives";
import {call, done, failed} from "../../../frame/index.ts";
import {removeCandidate, sortedPosition} from "../candidates.ts";
import type {Selection} from "../config.ts";
import {collatorSelectionWeights} from "../weights.ts";

/** Appoints one invulnerable; a candidate stops being one and gets its bond back. */
export const addInvulnerable = (selection: Selection) => {
  const {config, deps, storage, events, errors} = selection;
  return call({
    name: "add_invulnerable",
    index: 5,
    docs: "Add a new account `who` to the list of `Invulnerables` collators. `who` must have registered session keys. If `who` is a candidate, they will be removed.",
    args: {who: accountId},
    weight: () =>
      collatorSelectionWeights.addInvulnerable(
        BigInt(Math.max(0, config.maxInvulnerables - 1)),
        BigInt(config.maxCandidates),
      ),
    dispatch(state, origin, {who}) {
      const allowed = config.updateOrigin(origin);
      if (!allowed.ok) return failed(allowed.error);
      if (!deps.isRegistered(state, who)) return failed(errors.ValidatorNotRegistered);
      const before = storage.invulnerables.get(state);
      const {index, present} = sortedPosition(before, who);
      if (present) return failed(errors.AlreadyInvulnerable);
      if (before.length >= config.maxInvulnerables) return failed(errors.TooManyInvulnerables);
      const after = [...before.slice(0, index), who, ...before.slice(index)];
      storage.invulnerables.set(state, after);
      removeCandidate(state, selection, who, {forgetLastAuthored: false});
      events.InvulnerableAdded(state, {accountId: who});
      const candidates = BigInt(storage.candidates.get(state).length);
      return done({
        actualWeight: collatorSelectionWeights.addInvulnerable(BigInt(after.length), candidates),
      });
    },
  });
};
