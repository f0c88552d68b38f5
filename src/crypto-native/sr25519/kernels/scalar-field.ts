import {type Code, type Frame, type Func, i32, i64, type ModuleWriter, type Variable} from "#wasm";
import type {FieldKernels, Place, Source, Term} from "./field-kernels.ts";
import {bitsOf, CARRIES, FOLD, LANE_STRIDE, LIMB_STRIDE, LIMBS} from "./pair-layout.ts";

const longs = (frame: Frame): Variable[] => Array.from({length: LIMBS}, () => frame.local("i64"));

/** One element after the other, for hosts without vectors. */
export function scalarField(module: ModuleWriter): FieldKernels {
  const multiplyOne = module.define(["i32", "i32", "i32"], undefined, frame => {
    const [out, a, b] = frame.params;
    return product(frame, out.get, a.get, b.get);
  });
  const squareOne = module.define(["i32", "i32"], undefined, frame => {
    const [out, a] = frame.params;
    return square(frame, out.get, a.get, false);
  });
  const squareTwice = module.define(["i32", "i32"], undefined, frame => {
    const [out, a] = frame.params;
    return square(frame, out.get, a.get, true);
  });
  return {
    multiply: module.define(["i32", "i32", "i32"], undefined, ({params}) =>
      onBoth(multiplyOne, multiplyOne, params),
    ),
    square: module.define(["i32", "i32"], undefined, ({params}) =>
      onBoth(squareOne, squareOne, params),
    ),
    squareDoublingSecond: module.define(["i32", "i32"], undefined, ({params}) =>
      onBoth(squareOne, squareTwice, params),
    ),
    linear,
  };
}

const onBoth = (first: Func, second: Func, params: readonly Variable[]): Code => [
  ...first.call(...params.map(({get}) => get)),
  ...second.call(...params.map(({get}) => i32.add(get, i32.const(LANE_STRIDE)))),
];

const load = (frame: Frame, from: Code): {limbs: Variable[]; code: Code} => {
  const limbs = longs(frame);
  const code = limbs.flatMap((limb, i) => limb.set(i64.load32Signed(from, LIMB_STRIDE * i)));
  return {limbs, code};
};

const times = (frame: Frame, limbs: readonly Variable[], factor: number) => {
  const products = longs(frame);
  const code = products.flatMap((each, i) =>
    each.set(i64.mul(limbs[i]!.get, i64.const(BigInt(factor)))),
  );
  return {products, code};
};

/** By columns. Two odd limbs weigh twice what the limb of their sum does. */
function product(frame: Frame, out: Code, a: Code, b: Code): Code {
  const [left, right] = [load(frame, a), load(frame, b)];
  const [twice, folded] = [times(frame, left.limbs, 2), times(frame, right.limbs, FOLD)];
  const sums = longs(frame);
  return [
    ...[left, right, twice, folded].flatMap(({code}) => code),
    ...sums.flatMap((sum, limb) =>
      sum.set(
        sumOf(
          left.limbs.map((_, i) => {
            const j = (limb - i + LIMBS) % LIMBS;
            const factor = i % 2 === 1 && j % 2 === 1 ? twice.products[i]! : left.limbs[i]!;
            const other = i + j < LIMBS ? right.limbs[j]! : folded.products[j]!;
            return i64.mul(factor.get, other.get);
          }),
        ),
      ),
    ),
    ...carryAndStore(frame, out, sums),
  ];
}

function square(frame: Frame, out: Code, a: Code, doubles: boolean): Code {
  const once = load(frame, a);
  const [twice, fourTimes] = [times(frame, once.limbs, 2), times(frame, once.limbs, 4)];
  const folded = times(frame, once.limbs, FOLD);
  const sums = longs(frame);
  return [
    ...[once, twice, fourTimes, folded].flatMap(({code}) => code),
    ...sums.flatMap((sum, limb) => {
      const column = sumOf(
        once.limbs.flatMap((_, i) => {
          const j = (limb - i + LIMBS) % LIMBS;
          if (j < i) return [];
          const bothOdd = i % 2 === 1 && j % 2 === 1;
          const [same, different] = bothOdd
            ? [twice.products, fourTimes.products]
            : [once.limbs, twice.products];
          const factor = (i === j ? same : different)[i]!;
          const other = i + j < LIMBS ? once.limbs[j]! : folded.products[j]!;
          return [i64.mul(factor.get, other.get)];
        }),
      );
      return sum.set(doubles ? i64.shl(column, i64.const(1n)) : column);
    }),
    ...carryAndStore(frame, out, sums),
  ];
}

const sumOf = (terms: readonly Code[]): Code => terms.reduce((sum, term) => i64.add(sum, term));

function carryAndStore(frame: Frame, out: Code, sums: readonly Variable[]): Code {
  const carried = frame.local("i64");
  const code = CARRIES.flatMap(limb => {
    const [from, to] = [sums[limb]!, sums[(limb + 1) % LIMBS]!];
    const bits = bitsOf(limb);
    const rounded = i64.add(from.get, i64.const(1n << BigInt(bits - 1)));
    const isLast = limb === LIMBS - 1;
    return [
      ...carried.set(i64.shrSigned(rounded, i64.const(BigInt(bits)))),
      ...from.set(i64.sub(from.get, i64.shl(carried.get, i64.const(BigInt(bits))))),
      ...to.set(
        i64.add(to.get, isLast ? i64.mul(carried.get, i64.const(BigInt(FOLD))) : carried.get),
      ),
    ];
  });
  const stores = sums.flatMap((sum, i) => i64.store32(out, sum.get, LIMB_STRIDE * i));
  return [...code, ...stores];
}

function linear(frame: Frame, out: Place, terms: readonly Term[]): Code {
  const sums = [frame.local("i32"), frame.local("i32")] as const;
  return Array.from({length: LIMBS}, (_, limb) => {
    const offset = LIMB_STRIDE * limb;
    return [
      ...sums.flatMap((sum, lane) =>
        sum.set(
          sumOfSources(
            terms.map(term => term[lane]),
            offset,
          ),
        ),
      ),
      ...sums.flatMap((sum, lane) =>
        i32.store(out.base, sum.get, out.offset + offset + LANE_STRIDE * lane),
      ),
    ];
  }).flat();
}

function sumOfSources(sources: readonly (Source | undefined)[], offset: number): Code {
  let sum: Code = i32.const(0);
  for (const source of sources) {
    if (source === undefined) continue;
    const {place, lane, sign} = source;
    const value = i32.load(place.base, place.offset + offset + LANE_STRIDE * lane);
    sum = sign === 1 ? i32.add(sum, value) : i32.sub(sum, value);
  }
  return sum;
}
