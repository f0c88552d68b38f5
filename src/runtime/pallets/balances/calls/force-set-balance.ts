import {ok} from "#base";
import {compactU128} from "#codec";
import {multiAddress} from "#primitives";
import {call, done, ensureRoot, failed, lookup} from "../../../frame/index.ts";
import {balancesWeights} from "../weights.ts";
import type {BalancesCallDependencies} from "./index.ts";

export const forceSetBalance = ({accounts, currency, events}: BalancesCallDependencies) =>
  call({
    name: "force_set_balance",
    index: 8,
    docs: "Set the regular balance of a given account.",
    args: {who: multiAddress, newFree: compactU128},
    weight: () => balancesWeights.forceSetBalance,
    dispatch(state, origin, {who, newFree}) {
      const root = ensureRoot(origin);
      if (!root.ok) return failed(root.error);
      const account = lookup(who);
      if (!account.ok) return failed(account.error);
      const free = newFree < accounts.existentialDeposit ? 0n : newFree;
      const changed = accounts.mutate(state, account.value, data =>
        ok({data: {...data, free}, value: data.free}),
      );
      if (!changed.ok) return failed(changed.error);
      const {value: before, dust} = changed.value;
      currency.burn(state, dust);
      if (free > before) currency.issue(state, free - before);
      else currency.burn(state, before - free);
      events.BalanceSet(state, {who: account.value, free});
      return done();
    },
  });
