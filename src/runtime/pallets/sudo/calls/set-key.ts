import {addWeight, multiAddress, weightOf} from "#primitives";
import {call, done, failed, lookup, reads, writes} from "../../../frame/index.ts";
import type {SudoParts} from "../index.ts";
import {requireSudo} from "../require-sudo.ts";

const WEIGHT = [weightOf(13_403_000n, 1_517n), reads(1n), writes(1n)].reduce(addWeight);

export const setKey = (parts: SudoParts) =>
  call({
    name: "set_key",
    index: 2,
    docs: "Authenticates the current sudo key and sets the given AccountId (`new`) as the new sudo key.",
    args: {new: multiAddress},
    weight: () => WEIGHT,
    dispatch(state, origin, args) {
      const allowed = requireSudo(state, parts, origin);
      if (!allowed.ok) return failed(allowed.error);
      const next = lookup(args.new);
      if (!next.ok) return failed(next.error);
      parts.events.KeyChanged(state, {oldSudoer: allowed.value});
      parts.storage.key.set(state, next.value);
      return done({paysFee: "No"});
    },
  });
