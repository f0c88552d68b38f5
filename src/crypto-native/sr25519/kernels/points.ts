import {type Frame, type Func, i32, type ModuleWriter, type Variable} from "#wasm";
import {type FieldKernels, minus, type Place, placeAt, plus} from "./field-kernels.ts";
import {PAIR} from "./pair-layout.ts";

export interface PointKernels {
  /** (out, point): the form in which a point is added. */
  readonly prepare: Func;
  /** (out, point, prepared) */
  readonly add: Func;
  /** (out, point, prepared) */
  readonly subtract: Func;
  /** (out, point) */
  readonly double: Func;
  /** (out, point) */
  readonly copy: Func;
  /** (out, point) */
  readonly negate: Func;
}

/**
 * Points of edwards25519 in extended coordinates (Hisil, Wong, Carter, Dawson 2008, for a = -1): pairs (X, Y) and (T, Z)
 * with x = X/Z, y = Y/Z and T = XY/Z. Prepared for additions: (Y - X, Y + X) and (2dT, 2Z).
 */
export function pointKernels(
  module: ModuleWriter,
  field: FieldKernels,
  /** Where the pair (2d, 2) is. */
  preparation: number,
): PointKernels {
  const scratch = Array.from({length: 4}, () => module.reserve(PAIR));
  const at = (i: number): Place => ({base: i32.const(scratch[i]!), offset: 0});
  const second = (point: Variable) => i32.add(point.get, i32.const(PAIR));
  const {multiply, square, squareDoublingSecond, linear} = field;

  const prepare = module.define(["i32", "i32"], undefined, frame => {
    const [out, point] = frame.params;
    const xy = placeAt(point);
    return [
      ...multiply.call(second(out), second(point), i32.const(preparation)),
      ...differenceAndSum(frame, field, placeAt(out), xy),
    ];
  });

  const addition = (isSubtraction: boolean) =>
    module.define(["i32", "i32", "i32"], undefined, frame => {
      const [out, point, prepared] = frame.params;
      const [ab, cd, left, right] = [at(0), at(1), at(2), at(3)];
      const [xy, sumAndDifference] = [placeAt(point), placeAt(prepared)];
      // For -Q the halves of Q's first pair change places, and T its sign, which makes F of G and G of F.
      const factors = isSubtraction
        ? linear(frame, right, [[plus(sumAndDifference, 1), plus(sumAndDifference, 0)]])
        : [];
      return [
        ...differenceAndSum(frame, field, ab, xy),
        ...factors,
        ...multiply.call(ab.base, ab.base, isSubtraction ? right.base : prepared.get),
        ...multiply.call(cd.base, second(point), second(prepared)),
        // (E, H) = (B - A, B + A) and (F, G) = (D - C, D + C)
        ...differenceAndSum(frame, field, ab, ab),
        ...(isSubtraction
          ? linear(frame, cd, [
              [plus(cd, 1), plus(cd, 1)],
              [plus(cd, 0), minus(cd, 0)],
            ])
          : differenceAndSum(frame, field, cd, cd)),
        ...linear(frame, left, [[plus(ab, 0), plus(cd, 0)]]),
        ...linear(frame, right, [[plus(ab, 1), plus(cd, 1)]]),
        ...multiply.call(out.get, ab.base, cd.base),
        ...multiply.call(second(out), left.base, right.base),
      ];
    });

  const double = module.define(["i32", "i32"], undefined, frame => {
    const [out, point] = frame.params;
    const [ab, squares, left, right] = [at(0), at(1), at(2), at(3)];
    const [xy, tz] = [placeAt(point), placeAt(point, PAIR)];
    // With A = X², B = Y², C = 2Z²: (E, F) = ((X + Y)² - A - B, C - (B - A)) and (H, G) = (A + B, B - A); all four
    // coordinates have the other sign than in the paper, which is the same point.
    return [
      ...square.call(ab.base, point.get),
      ...linear(frame, squares, [
        [plus(xy, 0), plus(tz, 1)],
        [plus(xy, 1), undefined],
      ]),
      ...squareDoublingSecond.call(squares.base, squares.base),
      ...linear(frame, squares, [
        [plus(squares, 0), plus(squares, 1)],
        [minus(ab, 1), minus(ab, 1)],
        [minus(ab, 0), plus(ab, 0)],
      ]),
      ...linear(frame, ab, [
        [plus(ab, 1), plus(ab, 1)],
        [plus(ab, 0), minus(ab, 0)],
      ]),
      ...linear(frame, left, [[plus(squares, 0), plus(ab, 1)]]),
      ...linear(frame, right, [[plus(squares, 1), plus(ab, 0)]]),
      ...multiply.call(out.get, left.base, right.base),
      ...multiply.call(second(out), squares.base, ab.base),
    ];
  });

  const copying = (isNegation: boolean) =>
    module.define(["i32", "i32"], undefined, frame => {
      const [out, point] = frame.params;
      return [0, PAIR].flatMap(offset => {
        const from = placeAt(point, offset);
        const first = isNegation ? minus(from, 0) : plus(from, 0);
        return linear(frame, placeAt(out, offset), [[first, plus(from, 1)]]);
      });
    });

  return {
    ...{prepare, add: addition(false), subtract: addition(true), double},
    ...{copy: copying(false), negate: copying(true)},
  };
}

/** (v - u, v + u) of (u, v). */
function differenceAndSum(frame: Frame, {linear}: FieldKernels, out: Place, from: Place) {
  return linear(frame, out, [
    [plus(from, 1), plus(from, 1)],
    [minus(from, 0), plus(from, 0)],
  ]);
}
