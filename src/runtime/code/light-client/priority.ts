import {MAX_U64} from "#codec";
import type {Func} from "#wasm";
import {i32, i64, leave, when} from "#wasm";
import {BIG} from "./big-numbers.ts";
import {CLASSES, LIMITS, ROW} from "./call-table.ts";
import type {Parts} from "./parts.ts";

const OPERATIONAL = CLASSES.indexOf("Operational");
const NORMAL = CLASSES.indexOf("Normal");

/**
 * (row of the call or 0) -> i64 priority of the transaction that was read (spec/pallets §5.5): how many of its kind
 * would fill a block, times the tip. Of a call without a row only the length is known.
 */
export function createPriority({module, numbers, fees, extrinsic, table, contents}: Parts): Func {
  const slot = () => i32.const(module.reserve(BIG));
  const [count, factor, result, bonus] = [slot(), slot(), slot(), slot()];
  const {setWord, setAmount, add, multiply} = numbers;
  const max = i64.const(MAX_U64);
  const tip = i32.const(extrinsic.tip);
  return module.define(["i32"], "i64", ({params: [row], local}) => {
    const fits = local("i64");
    const which = local("i32");
    const byLength = i64.div(
      i64.load(table.limits(which.get), LIMITS.maxLength),
      i64.extend(extrinsic.length.get),
    );
    const byWeight = i64.load(row.get, ROW.countByWeight);
    const exceedsWord = (number: typeof tip) =>
      i64.ne(
        i64.or(i64.load(number, 8), i64.or(i64.load(number, 16), i64.load(number, 24))),
        i64.const(0n),
      );
    return [
      ...which.set(i32.const(NORMAL)),
      ...when(row.get, which.set(i32.load8(row.get, ROW.class))),
      ...fits.set(byLength),
      ...when(row.get, when(i64.lt(byWeight, fits.get), fits.set(byWeight))),
      ...when(i64.ne(i64.load(tip, 8), i64.const(0n)), leave(max)),
      ...setWord.call(count, fits.get),
      ...setAmount.call(factor, tip),
      ...setWord.call(result, i64.const(1n)),
      ...add.call(factor, result),
      ...multiply.call(result, count, factor),
      ...when(i32.eq(which.get, i32.const(OPERATIONAL)), [
        ...setWord.call(factor, i64.const(BigInt(contents.fees.operationalMultiplier))),
        ...multiply.call(bonus, count, factor),
        ...when(exceedsWord(bonus), leave(max)),
        ...setAmount.call(count, bonus),
        ...multiply.call(bonus, count, fees.total),
        ...add.call(result, bonus),
      ]),
      ...when(exceedsWord(result), leave(max)),
      ...i64.load(result),
    ];
  });
}
