import {compactU128} from "#codec";
import {multiAddress} from "#primitives";
import {call, ensureSigned, failed, lookup, outcome} from "../../../frame/index.ts";
import {balancesWeights} from "../weights.ts";
import type {BalancesCallDependencies} from "./index.ts";

export const transferKeepAlive = ({currency}: BalancesCallDependencies) =>
  call({
    name: "transfer_keep_alive",
    index: 3,
    docs: "Same as transfer_allow_death, but with a check that the transfer will not kill the origin account.",
    args: {dest: multiAddress, value: compactU128},
    weight: () => balancesWeights.transferKeepAlive,
    dispatch(state, origin, {dest, value}) {
      const source = ensureSigned(origin);
      if (!source.ok) return failed(source.error);
      const to = lookup(dest);
      if (!to.ok) return failed(to.error);
      return outcome(currency.transfer(state, source.value, to.value, value, "Preserve"));
    },
  });
