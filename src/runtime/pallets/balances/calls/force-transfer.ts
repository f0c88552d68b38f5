import {compactU128} from "#codec";
import {multiAddress} from "#primitives";
import {call, ensureRoot, failed, lookup, outcome} from "../../../frame/index.ts";
import {balancesWeights} from "../weights.ts";
import type {BalancesCallDependencies} from "./index.ts";

export const forceTransfer = ({currency}: BalancesCallDependencies) =>
  call({
    name: "force_transfer",
    index: 2,
    docs: "Exactly as `transfer_allow_death`, except the origin must be root and the source account may be specified.",
    args: {source: multiAddress, dest: multiAddress, value: compactU128},
    weight: () => balancesWeights.forceTransfer,
    dispatch(state, origin, {source, dest, value}) {
      const root = ensureRoot(origin);
      if (!root.ok) return failed(root.error);
      const from = lookup(source);
      if (!from.ok) return failed(from.error);
      const to = lookup(dest);
      if (!to.ok) return failed(to.error);
      return outcome(currency.transfer(state, from.value, to.value, value, "Expendable"));
    },
  });
