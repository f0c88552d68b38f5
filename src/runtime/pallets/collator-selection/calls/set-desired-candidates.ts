import {u32} from "#codec";
import {call, done, failed} from "../../../frame/index.ts";
import type {Selection} from "../config.ts";
import {collatorSelectionWeights} from "../weights.ts";

/** Sets how many candidates may register. Those above a lowered number stay. */
export const setDesiredCandidates = ({config, storage, events}: Selection) =>
  call({
    name: "set_desired_candidates",
    index: 1,
    docs: "Set the ideal number of non-invulnerable collators.",
    args: {max: u32},
    weight: () => collatorSelectionWeights.setDesiredCandidates(),
    dispatch(state, origin, {max}) {
      const allowed = config.updateOrigin(origin);
      if (!allowed.ok) return failed(allowed.error);
      storage.desiredCandidates.set(state, max);
      events.NewDesiredCandidates(state, {desiredCandidates: max});
      return done();
    },
  });
