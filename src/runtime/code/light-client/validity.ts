import {encode} from "#codec";
import {transactionValidity, type ValidityError} from "#primitives";
import type {Func} from "#wasm";
import {type Code, i32, i64, when} from "#wasm";
import {AnswerWriter, constantAnswer} from "./answer.ts";
import type {Parts} from "./parts.ts";

/** An account and a nonce, which is what transactions are ordered by. */
const TAG_SIZE = 32 + 4;
/** Result, priority, two lists of at most one tag, longevity, propagation. */
const ROOM = 1 + 8 + 2 * (2 + TAG_SIZE) + 8 + 1;

const SIGNED_TRANSACTION_PROPAGATES = 1;

/** An i64 expression: the answer that a transaction is refused for this reason. */
export const refusal = ({module}: Pick<Parts, "module">, error: ValidityError): Code =>
  constantAnswer(module, encode(transactionValidity, {ok: false, error}));

/** (account, stored nonce, i64 priority, i64 longevity) -> the answer for the transaction that was read */
export function createAcceptance({module, memory, extrinsic}: Parts): Func {
  const answer = new AnswerWriter(module, memory, i32.const(module.reserve(ROOM)));
  const word64 = i32.const(module.reserve(8));
  const long = (value: Code): Code => [
    ...i64.store(word64, value),
    ...answer.append(word64, i32.const(8)),
  ];
  const {nonce} = extrinsic;
  return module.define(["i32", "i32", "i64", "i64"], "i64", ({params}) => {
    const [account, stored, priority, longevity] = params;
    const tag = (number: Code): Code => [
      ...answer.byte(i32.const(1 << 2)),
      ...answer.byte(i32.const(TAG_SIZE << 2)),
      ...answer.append(account.get, i32.const(32)),
      ...answer.word(number),
    ];
    return [
      ...answer.begin(),
      ...answer.byte(i32.const(0)),
      ...long(priority.get),
      ...when(
        i32.gt(nonce.get, stored.get),
        tag(i32.sub(nonce.get, i32.const(1))),
        answer.byte(i32.const(0)),
      ),
      ...tag(nonce.get),
      ...long(longevity.get),
      ...answer.byte(i32.const(SIGNED_TRANSACTION_PROPAGATES)),
      ...answer.written(),
    ];
  });
}
