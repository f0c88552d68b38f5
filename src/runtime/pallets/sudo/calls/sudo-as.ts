import {addWeight, multiAddress, weightOf} from "#primitives";
import {call, done, failed, lookup, reads} from "../../../frame/index.ts";
import type {SudoParts} from "../index.ts";
import {innerOutcome} from "../inner-outcome.ts";
import {requireSudo} from "../require-sudo.ts";

const BASE = addWeight(weightOf(12_994_000n, 1_517n), reads(1n));

export const sudoAs = (parts: SudoParts) =>
  call({
    name: "sudo_as",
    index: 3,
    docs: "Authenticates the sudo key and dispatches a function call with `Signed` origin from a given account.",
    args: {who: multiAddress, call: parts.runtimeCall},
    class: args => args.call.call.info(args.call.args).class,
    weight: args => addWeight(BASE, args.call.call.info(args.call.args).weight),
    dispatch(state, origin, args) {
      const allowed = requireSudo(state, parts, origin);
      if (!allowed.ok) return failed(allowed.error);
      const who = lookup(args.who);
      if (!who.ok) return failed(who.error);
      const asWho = {caller: {type: "Signed", value: who.value}, filter: parts.baseFilter} as const;
      const result = parts.dispatcher.dispatchBypassingFilter(state, asWho, args.call);
      parts.events.SudoAsDone(state, {sudoResult: innerOutcome(result)});
      return done({paysFee: "No"});
    },
  });
