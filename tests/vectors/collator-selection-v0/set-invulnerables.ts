import {vec} from "#codec";
import {accountId} from "#primitives";
import {
  call,
  collatorSelectionWeights,
  done,
  failed,
  type Selection,
} from "../../../src/runtime/testing.ts";

/** All or nothing, in the given order; an empty list is nothing special (spec/pallets §11.7). */
export const setInvulnerablesV0 = ({config, deps, storage, events, errors}: Selection) =>
  call({
    name: "set_invulnerables",
    index: 0,
    docs: "",
    args: {new: vec(accountId)},
    weight: args => collatorSelectionWeights.setInvulnerables(BigInt(args.new.length)),
    dispatch(state, origin, {new: invulnerables}) {
      const allowed = config.updateOrigin(origin);
      if (!allowed.ok) return failed(allowed.error);
      if (invulnerables.length > config.maxInvulnerables)
        return failed(errors.TooManyInvulnerables);
      if (!invulnerables.every(account => deps.isRegistered(state, account))) {
        return failed(errors.ValidatorNotRegistered);
      }
      storage.invulnerables.set(state, invulnerables);
      events.NewInvulnerables(state, {invulnerables});
      return done();
    },
  });
