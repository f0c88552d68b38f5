import {variant} from "#codec";
import {addWeight, weightOf} from "#primitives";
import {call, done, ensureRoot, failed, rawOrigin} from "../../../frame/index.ts";
import {callInfoOf} from "../batch-weight.ts";
import type {UtilityParts} from "../index.ts";

export const dispatchAs = (parts: UtilityParts) =>
  call({
    name: "dispatch_as",
    index: 3,
    docs: "Dispatches a function call with a provided origin.",
    args: {
      asOrigin: variant({system: [0, rawOrigin]}, {path: `${parts.crate}::OriginCaller`}),
      call: parts.runtimeCall,
    },
    class: args => callInfoOf(args.call).class,
    weight: args => addWeight(weightOf(9_353_000n), callInfoOf(args.call).weight),
    dispatch(state, origin, args) {
      const root = ensureRoot(origin);
      if (!root.ok) return failed(root.error);
      const as = {caller: args.asOrigin.value, filter: parts.baseFilter};
      const result = parts.dispatcher.dispatchBypassingFilter(state, as, args.call);
      parts.events.DispatchedAs(state, {
        result: result.ok ? {ok: true, value: undefined} : {ok: false, error: result.error.error},
      });
      return done();
    },
  });
