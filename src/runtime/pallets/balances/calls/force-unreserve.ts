import {u128} from "#codec";
import {multiAddress} from "#primitives";
import {call, done, ensureRoot, failed, lookup} from "../../../frame/index.ts";
import {balancesWeights} from "../weights.ts";
import type {BalancesCallDependencies} from "./index.ts";

export const forceUnreserve = ({currency}: BalancesCallDependencies) =>
  call({
    name: "force_unreserve",
    index: 5,
    docs: "Unreserve some balance from a user by force.",
    args: {who: multiAddress, amount: u128},
    weight: () => balancesWeights.forceUnreserve,
    dispatch(state, origin, {who, amount}) {
      const root = ensureRoot(origin);
      if (!root.ok) return failed(root.error);
      const account = lookup(who);
      if (!account.ok) return failed(account.error);
      currency.unreserve(state, account.value, amount);
      return done();
    },
  });
