import {bool} from "#codec";
import {multiAddress} from "#primitives";
import {call, ensureSigned, failed, lookup, outcome} from "../../../frame/index.ts";
import {balancesWeights} from "../weights.ts";
import type {BalancesCallDependencies} from "./index.ts";

export const transferAll = ({currency, spendable}: BalancesCallDependencies) =>
  call({
    name: "transfer_all",
    index: 4,
    docs: "Transfer the entire transferable balance from the caller account.",
    args: {dest: multiAddress, keepAlive: bool},
    weight: () => balancesWeights.transferAll,
    dispatch(state, origin, {dest, keepAlive}) {
      const source = ensureSigned(origin);
      if (!source.ok) return failed(source.error);
      const preservation = keepAlive ? "Preserve" : "Expendable";
      const amount = spendable.reducible(state, source.value, preservation);
      const to = lookup(dest);
      if (!to.ok) return failed(to.error);
      return outcome(currency.transfer(state, source.value, to.value, amount, preservation));
    },
  });
