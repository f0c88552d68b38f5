import {type Func, i32, type ModuleWriter, type Variable, when, whileTrue} from "#wasm";
import {POINT} from "./pair-layout.ts";
import type {PointKernels} from "./points.ts";

/** Bytes of a digit in memory. */
const DIGIT = 2;

/** Above it, 16 bits are a negative number. */
const MOST_POSITIVE = 0x7fff;

/**
 * (digits, count, points, prepared, buckets, used): adds each point, or its negative, to the bucket of its digit's absolute
 * value. Digits are i16; `used` has a byte for each value, zero until its bucket holds something.
 */
export function fillBuckets(module: ModuleWriter, kernels: PointKernels): Func {
  const {add, subtract, copy, negate} = kernels;
  return module.define(["i32", "i32", "i32", "i32", "i32", "i32"], undefined, frame => {
    const [digits, count, points, prepared, buckets, used] = frame.params;
    const [digit, isNegative] = [frame.local("i32"), frame.local("i32")];
    const [bucket, mark] = [frame.local("i32"), frame.local("i32")];
    const next = (variable: Variable, step: number) =>
      variable.set(i32.add(variable.get, i32.const(step)));
    return whileTrue(count.get, [
      ...digit.set(i32.load16(digits.get)),
      ...when(digit.get, [
        ...isNegative.set(i32.gt(digit.get, i32.const(MOST_POSITIVE))),
        ...when(isNegative.get, digit.set(i32.sub(i32.const(0x1_0000), digit.get))),
        ...bucket.set(
          i32.add(buckets.get, i32.mul(i32.sub(digit.get, i32.const(1)), i32.const(POINT))),
        ),
        ...mark.set(i32.add(used.get, digit.get)),
        ...when(
          i32.load8(mark.get),
          when(
            isNegative.get,
            subtract.call(bucket.get, bucket.get, prepared.get),
            add.call(bucket.get, bucket.get, prepared.get),
          ),
          [
            ...i32.store8(mark.get, i32.const(1)),
            ...when(
              isNegative.get,
              negate.call(bucket.get, points.get),
              copy.call(bucket.get, points.get),
            ),
          ],
        ),
      ]),
      ...next(digits, DIGIT),
      ...next(points, POINT),
      ...next(prepared, POINT),
      ...next(count, -1),
    ]);
  });
}
