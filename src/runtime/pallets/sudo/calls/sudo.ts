import {addWeight, weightOf} from "#primitives";
import {call, done, failed, reads, rootOrigin} from "../../../frame/index.ts";
import type {SudoParts} from "../index.ts";
import {innerOutcome} from "../inner-outcome.ts";
import {requireSudo} from "../require-sudo.ts";

const BASE = addWeight(weightOf(13_001_000n, 1_517n), reads(1n));

export const sudo = (parts: SudoParts) =>
  call({
    name: "sudo",
    index: 0,
    docs: "Authenticates the sudo key and dispatches a function call with `Root` origin.",
    args: {call: parts.runtimeCall},
    class: args => args.call.call.info(args.call.args).class,
    weight: args => addWeight(BASE, args.call.call.info(args.call.args).weight),
    dispatch(state, origin, args) {
      const allowed = requireSudo(state, parts, origin);
      if (!allowed.ok) return failed(allowed.error);
      const result = parts.dispatcher.dispatchBypassingFilter(state, rootOrigin, args.call);
      parts.events.Sudid(state, {sudoResult: innerOutcome(result)});
      return done({paysFee: "No"});
    },
  });
