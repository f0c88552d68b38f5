import {compareBytes} from "#base";
import {vec} from "#codec";
import {accountId} from "#primitives";
import {call, done, failed} from "../../../frame/index.ts";
import type {Selection} from "../config.ts";
import {collatorSelectionWeights} from "../weights.ts";

/**
 * Replaces the invulnerables. Accounts without session keys are skipped, so a list of only such accounts empties
 * the set; a name given twice is kept twice. Candidates in the list stay candidates until the next session.
 */
export const setInvulnerables = ({config, deps, storage, events, errors}: Selection) =>
  call({
    name: "set_invulnerables",
    index: 0,
    docs: "Set the list of invulnerable (fixed) collators. These collators must do some preparation, namely to have registered session keys.",
    args: {new: vec(accountId)},
    weight: args => collatorSelectionWeights.setInvulnerables(BigInt(args.new.length)),
    dispatch(state, origin, {new: wanted}) {
      const allowed = config.updateOrigin(origin);
      if (!allowed.ok) return failed(allowed.error);
      const candidates = storage.candidates.get(state).length;
      if (wanted.length === 0 && candidates < config.minEligibleCollators) {
        return failed(errors.TooFewEligibleCollators);
      }
      if (wanted.length > config.maxInvulnerables) return failed(errors.TooManyInvulnerables);
      const invulnerables = wanted.filter(account => {
        if (deps.isRegistered(state, account)) return true;
        events.InvalidInvulnerableSkipped(state, {accountId: account});
        return false;
      });
      invulnerables.sort(compareBytes);
      storage.invulnerables.set(state, invulnerables);
      events.NewInvulnerables(state, {invulnerables});
      return done();
    },
  });
