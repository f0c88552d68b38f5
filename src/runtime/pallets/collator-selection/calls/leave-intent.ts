import {call, done, ensureSigned, failed} from "../../../frame/index.ts";
import {eligibleCollators, removeCandidate} from "../candidates.ts";
import type {Selection} from "../config.ts";
import {collatorSelectionWeights} from "../weights.ts";

/** Gives the bond back at once; the caller authors on until the sets have rotated twice. */
export const leaveIntent = (selection: Selection) => {
  const {config, storage, errors} = selection;
  return call({
    name: "leave_intent",
    index: 4,
    docs: "Deregister `origin` as a collator candidate. Note that the collator can only leave on session change. The `CandidacyBond` will be unreserved immediately.",
    args: {},
    weight: () => collatorSelectionWeights.leaveIntent(BigInt(config.maxCandidates)),
    dispatch(state, origin) {
      const who = ensureSigned(origin);
      if (!who.ok) return failed(who.error);
      if (eligibleCollators(state, selection) <= config.minEligibleCollators) {
        return failed(errors.TooFewEligibleCollators);
      }
      if (!removeCandidate(state, selection, who.value, {forgetLastAuthored: true})) {
        return failed(errors.NotCandidate);
      }
      const left = BigInt(storage.candidates.get(state).length);
      return done({actualWeight: collatorSelectionWeights.leaveIntent(left)});
    },
  });
};
