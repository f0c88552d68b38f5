import {alias, u128} from "#codec";
import {call, done, failed} from "../../../frame/index.ts";
import type {Selection} from "../config.ts";
import {collatorSelectionWeights} from "../weights.ts";

/** Sets the bond of candidates to come; deposits already made stay as they are. */
export const setCandidacyBond = ({config, storage, events}: Selection) =>
  call({
    name: "set_candidacy_bond",
    index: 2,
    docs: "Set the candidacy bond amount.",
    args: {bond: alias(u128, "BalanceOf<T>")},
    weight: () => collatorSelectionWeights.setCandidacyBond(),
    dispatch(state, origin, {bond}) {
      const allowed = config.updateOrigin(origin);
      if (!allowed.ok) return failed(allowed.error);
      storage.candidacyBond.set(state, bond);
      events.NewCandidacyBond(state, {bondAmount: bond});
      return done();
    },
  });
