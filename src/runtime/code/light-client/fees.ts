import {encode, u128} from "#codec";
import type {Func, ModuleWriter} from "#wasm";
import {type Code, choose, drop, i32, i64, when} from "#wasm";
import {BIG, type BigNumbers} from "./big-numbers.ts";
import {type CallTable, LIMITS, ROW} from "./call-table.ts";
import type {LightClientContents} from "./contents.ts";
import {addressOf} from "./memory.ts";
import type {Storage} from "./storage.ts";

const BILLION = 1_000_000_000n;

/** Fees as TransactionPayment computes them (spec/pallets §9.1); amounts are big numbers, in planck. */
export interface Fees {
  /** (row of the call, bytes): computes the three parts and their sum */
  readonly compute: Func;
  readonly base: Code;
  readonly ofLength: Code;
  readonly ofWeight: Code;
  readonly total: Code;
  /** (bytes): computes `ofLength` */
  readonly computeOfLength: Func;
  /** (i64 picoseconds): computes `ofWeight`, before the multiplier */
  readonly computeOfWeight: Func;
}

export function createFees(
  module: ModuleWriter,
  numbers: BigNumbers,
  storage: Storage,
  table: CallTable,
  {fees}: Pick<LightClientContents, "fees">,
): Fees {
  const slot = () => i32.const(module.reserve(BIG));
  const [base, ofLength, ofWeight, total, a, b] = [slot(), slot(), slot(), slot(), slot(), slot()];
  const {setAmount, setWord, add, multiply, divide} = numbers;
  const amount = (value: bigint) => i32.const(module.data(encode(u128, value)));
  const perByte = amount(fees.perByte);
  const perBillion = amount(fees.perBillionRefTime);
  const multiplierFallback = amount(fees.multiplierFallback);
  const billion = i64.const(BILLION);

  const computeOfLength = module.define(["i32"], undefined, ({params: [length]}) => [
    ...setWord.call(a, i64.extend(length.get)),
    ...setAmount.call(b, perByte),
    ...multiply.call(ofLength, a, b),
  ]);

  /** Whole billions of picoseconds first, then the rest, rounded to the nearest and down from the middle. */
  const computeOfWeight = module.define(["i64"], undefined, ({params: [weight], local}) => {
    const time = local("i64");
    const rest = local("i64");
    const max = i64.const(fees.maxRefTime);
    return [
      ...time.set(weight.get),
      ...when(i64.gt(time.get, max), time.set(max)),
      ...setAmount.call(b, perBillion),
      ...setWord.call(a, i64.rem(time.get, billion)),
      ...multiply.call(total, a, b),
      ...rest.set(divide.call(total, billion)),
      ...setWord.call(a, i64.div(time.get, billion)),
      ...multiply.call(ofWeight, a, b),
      ...add.call(ofWeight, total),
      ...setWord.call(a, i64.extend(i64.gt(i64.mul(rest.get, i64.const(2n)), billion))),
      ...add.call(ofWeight, a),
    ];
  });

  const compute = module.define(["i32", "i32"], undefined, ({params: [row, length], local}) => {
    const multiplier = local("i32");
    return [
      ...setAmount.call(
        base,
        i32.add(table.limits(i32.load8(row.get, ROW.class)), i32.const(LIMITS.baseFee)),
      ),
      ...computeOfLength.call(length.get),
      ...multiplier.set(addressOf(storage.value("nextFeeMultiplier"))),
      ...setAmount.call(a, choose(multiplier.get, multiplier.get, multiplierFallback)),
      ...setAmount.call(b, i32.add(row.get, i32.const(ROW.weightFee))),
      ...multiply.call(ofWeight, a, b),
      // The multiplier has eighteen decimals; dividing twice by their root rounds down as dividing once.
      ...drop(divide.call(ofWeight, billion)),
      ...drop(divide.call(ofWeight, billion)),
      ...setWord.call(total, i64.const(0n)),
      ...[base, ofLength, ofWeight].flatMap(part => add.call(total, part)),
    ];
  });
  return {compute, base, ofLength, ofWeight, total, computeOfLength, computeOfWeight};
}
