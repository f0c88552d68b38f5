import {vec} from "#codec";
import {accountId} from "#primitives";
import {call, done, ensureSigned, failed} from "../../../frame/index.ts";
import {balancesWeights} from "../weights.ts";
import type {BalancesCallDependencies} from "./index.ts";

export const upgradeAccounts = ({accounts}: BalancesCallDependencies) =>
  call({
    name: "upgrade_accounts",
    index: 6,
    docs: "Upgrade a specified account.",
    args: {who: vec(accountId)},
    weight: ({who}) => balancesWeights.upgradeAccounts(BigInt(who.length)),
    dispatch(state, origin, {who}) {
      const signer = ensureSigned(origin);
      if (!signer.ok) return failed(signer.error);
      if (who.length === 0) return done({paysFee: "Yes"});
      const upgraded = who.filter(account => accounts.upgrade(state, account)).length;
      // Free for those who help: at least nine in ten accounts needed it.
      return done({paysFee: upgraded * 10 >= who.length * 9 ? "No" : "Yes"});
    },
  });
