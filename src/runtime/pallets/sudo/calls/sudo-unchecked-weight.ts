import {weight} from "#primitives";
import {call, done, failed, rootOrigin} from "../../../frame/index.ts";
import type {SudoParts} from "../index.ts";
import {innerOutcome} from "../inner-outcome.ts";
import {requireSudo} from "../require-sudo.ts";

export const sudoUncheckedWeight = (parts: SudoParts) =>
  call({
    name: "sudo_unchecked_weight",
    index: 1,
    docs: "Authenticates the sudo key and dispatches a function call with `Root` origin. This function does not check the weight of the call, and instead allows the Sudo user to specify the weight of the call.",
    args: {call: parts.runtimeCall, weight},
    class: args => args.call.call.info(args.call.args).class,
    weight: args => args.weight,
    dispatch(state, origin, args) {
      const allowed = requireSudo(state, parts, origin);
      if (!allowed.ok) return failed(allowed.error);
      const result = parts.dispatcher.dispatchBypassingFilter(state, rootOrigin, args.call);
      parts.events.Sudid(state, {sudoResult: innerOutcome(result)});
      return done({paysFee: "No"});
    },
  });
