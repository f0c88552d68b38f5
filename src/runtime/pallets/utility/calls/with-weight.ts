import {weight} from "#primitives";
import {call, done, ensureRoot, failed} from "../../../frame/index.ts";
import {callInfoOf} from "../batch-weight.ts";
import type {UtilityParts} from "../index.ts";

export const withWeight = (parts: UtilityParts) =>
  call({
    name: "with_weight",
    index: 5,
    docs: "Dispatch a function call with a specified weight.",
    args: {call: parts.runtimeCall, weight},
    class: args => callInfoOf(args.call).class,
    weight: args => args.weight,
    dispatch(state, origin, args) {
      const root = ensureRoot(origin);
      if (!root.ok) return failed(root.error);
      const result = parts.dispatcher.dispatchBypassingFilter(state, origin, args.call);
      return result.ok ? done() : failed(result.error.error);
    },
  });
