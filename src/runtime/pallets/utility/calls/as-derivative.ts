import {concatBytes, utf8Bytes} from "#base";
import {encode, u16} from "#codec";
import {type AccountId, addWeight, weightOf} from "#primitives";
import {call, done, ensureSigned, failed, reads, writes} from "../../../frame/index.ts";
import {callInfoOf, spentWeight} from "../batch-weight.ts";
import type {UtilityParts} from "../index.ts";

const BASE = [weightOf(5_268_000n), reads(1n), writes(1n)].reduce(addWeight);
const LABEL = utf8Bytes("modlpy/utilisuba");

/** The account that `who` controls under `index`. */
export function derivativeAccount(
  blake2b256: (data: Uint8Array) => Uint8Array,
  who: AccountId,
  index: number,
): AccountId {
  return blake2b256(concatBytes(LABEL, who, encode(u16, index)));
}

export const asDerivative = (parts: UtilityParts) =>
  call({
    name: "as_derivative",
    index: 1,
    docs: "Send a call through an indexed pseudonym of the sender.",
    args: {index: u16, call: parts.runtimeCall},
    class: args => callInfoOf(args.call).class,
    weight: args => addWeight(BASE, callInfoOf(args.call).weight),
    dispatch(state, origin, {index, call: inner}) {
      const who = ensureSigned(origin);
      if (!who.ok) return failed(who.error);
      const account = derivativeAccount(parts.blake2b256, who.value, index);
      const pseudonym = {
        caller: {type: "Signed", value: account},
        filter: origin.filter,
      } as const;
      const result = parts.dispatcher.dispatch(state, pseudonym, inner);
      const post = {actualWeight: addWeight(BASE, spentWeight(inner, result))};
      return result.ok ? done(post) : failed(result.error.error, post);
    },
  });
