import {encode, u128} from "#codec";
import type {Func} from "#wasm";
import {i32, leave, when} from "#wasm";
import {BIG} from "./big-numbers.ts";
import type {Parts} from "./parts.ts";

/** Offsets into an account's record. */
const FREE = 16;
const FROZEN = 48;

/**
 * (account's record) -> 1 if the account can pay the fee that was computed and the tip: with what is not frozen, and
 * without dying of it. Leaves the sum in `fees.total`.
 */
export function createPayment({module, numbers, fees, extrinsic, contents}: Parts): Func {
  const slot = () => i32.const(module.reserve(BIG));
  const [free, other] = [slot(), slot()];
  const deposit = i32.const(module.data(encode(u128, contents.existentialDeposit)));
  const {setAmount, add, less, subtract} = numbers;
  return module.define(["i32"], "i32", ({params: [record], local}) => {
    const wasAlive = local("i32");
    const no = leave(i32.const(0));
    const isPoorer = (amount: typeof record.get) => [
      ...setAmount.call(other, amount),
      ...less.call(free, other),
    ];
    return [
      ...setAmount.call(other, i32.const(extrinsic.tip)),
      ...add.call(fees.total, other),
      ...setAmount.call(free, i32.add(record.get, i32.const(FREE))),
      ...setAmount.call(other, deposit),
      ...wasAlive.set(i32.not(less.call(free, other))),
      ...when(less.call(free, fees.total), no),
      ...subtract.call(free, fees.total),
      ...when(i32.and(wasAlive.get, isPoorer(deposit)), no),
      ...when(isPoorer(i32.add(record.get, i32.const(FROZEN))), no),
      ...i32.const(1),
    ];
  });
}
