import {type Func, i32, type ModuleWriter, type Variable, when, whileTrue} from "#wasm";
import {POINT} from "./pair-layout.ts";
import type {PointKernels} from "./points.ts";

/** Bytes of the address of a table. */
const PLACE = 4;

/** Above it, a byte is a negative digit. */
const MOST_POSITIVE = 0x7f;

/**
 * (digits, rows, count, places, sum): doubles the sum before each row of digits and adds the multiples that the row names.
 * The rows, `count` bytes each, are taken from the last to the first; a digit d is zero or odd, and at `places` are the
 * addresses of the tables of P, 3P, 5P … prepared, of which it takes number |d| / 2.
 */
export function addMultiples(module: ModuleWriter, kernels: PointKernels): Func {
  const {add, subtract, double} = kernels;
  return module.define(["i32", "i32", "i32", "i32", "i32"], undefined, frame => {
    const [digits, rows, count, places, sum] = frame.params;
    const [at, end, place] = [frame.local("i32"), frame.local("i32"), frame.local("i32")];
    const digit = frame.local("i32");
    const step = (variable: Variable, by: number) =>
      variable.set(i32.add(variable.get, i32.const(by)));
    /** Of odd numbers, half of d is d >> 1; that of -d, written in eight bits, is (256 - d) >> 1. */
    const multiple = (absolute: typeof digit.get) =>
      i32.add(i32.load(place.get), i32.mul(i32.shr(absolute, i32.const(1)), i32.const(POINT)));
    return whileTrue(rows.get, [
      ...step(rows, -1),
      ...double.call(sum.get, sum.get),
      ...at.set(i32.add(digits.get, i32.mul(rows.get, count.get))),
      ...end.set(i32.add(at.get, count.get)),
      ...place.set(places.get),
      ...whileTrue(i32.lt(at.get, end.get), [
        ...digit.set(i32.load8(at.get)),
        ...when(
          digit.get,
          when(
            i32.gt(digit.get, i32.const(MOST_POSITIVE)),
            subtract.call(sum.get, sum.get, multiple(i32.sub(i32.const(0x100), digit.get))),
            add.call(sum.get, sum.get, multiple(digit.get)),
          ),
        ),
        ...step(at, 1),
        ...step(place, PLACE),
      ]),
    ]);
  });
}
