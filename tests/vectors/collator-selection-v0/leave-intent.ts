import {
  call,
  collatorSelectionWeights,
  done,
  ensureSigned,
  failed,
  removeCandidate,
  type Selection,
} from "../../../src/runtime/testing.ts";

/** The minimum counts candidates only (spec/pallets §11.7). */
export const leaveIntentV0 = (selection: Selection) => {
  const {config, storage, errors} = selection;
  return call({
    name: "leave_intent",
    index: 4,
    docs: "",
    args: {},
    weight: () => collatorSelectionWeights.leaveIntent(BigInt(config.maxCandidates)),
    dispatch(state, origin) {
      const who = ensureSigned(origin);
      if (!who.ok) return failed(who.error);
      if (storage.candidates.get(state).length <= config.minEligibleCollators) {
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
