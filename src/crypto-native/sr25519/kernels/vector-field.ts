import {
  type Code,
  type Frame,
  i32,
  i32x4,
  i64x2,
  type ModuleWriter,
  type Variable,
  v128,
} from "#wasm";
import type {FieldKernels, Place, Source, Term} from "./field-kernels.ts";
import {bitsOf, CARRIES, FOLD, LIMB_STRIDE, LIMBS} from "./pair-layout.ts";

/** A vector holds two limbs of both elements. */
const VECTORS = LIMBS / 2;
const VECTOR_BYTES = 16;

const vectors = (frame: Frame, count: number): Variable[] =>
  Array.from({length: count}, () => frame.local("v128"));

/** Both elements at once: limbs in `i32x4`, products in `i64x2`. */
export function vectorField(module: ModuleWriter): FieldKernels {
  return {
    multiply: module.define(["i32", "i32", "i32"], undefined, frame => {
      const [out, a, b] = frame.params;
      return product(frame, out.get, a.get, b.get);
    }),
    square: module.define(["i32", "i32"], undefined, frame => {
      const [out, a] = frame.params;
      return square(frame, out.get, a.get, false);
    }),
    squareDoublingSecond: module.define(["i32", "i32"], undefined, frame => {
      const [out, a] = frame.params;
      return square(frame, out.get, a.get, true);
    }),
    linear,
  };
}

/** Adds products to the sums of limbs, of which the first that comes is not added but set. */
class Sums {
  readonly limbs: readonly Variable[];
  readonly #begun = new Set<number>();

  constructor(frame: Frame) {
    this.limbs = vectors(frame, LIMBS);
  }

  add(limb: number, product: Code): Code {
    const sum = this.limbs[limb % LIMBS]!;
    if (this.#begun.has(limb % LIMBS)) return sum.set(i64x2.add(sum.get, product));
    this.#begun.add(limb % LIMBS);
    return sum.set(product);
  }
}

/**
 * Row by row: one limb of `a` times all of `b`. All sums then stay in registers; by columns, x64 has too few. Two odd
 * limbs weigh twice what the limb of their sum does.
 */
function product(frame: Frame, out: Code, a: Code, b: Code): Code {
  const sums = new Sums(frame);
  const [plain, folded] = [vectors(frame, VECTORS), vectors(frame, VECTORS)];
  const [row, oddRow] = [frame.local("v128"), frame.local("v128")];
  const code = [...loadFolded(b, plain, folded)];
  for (let i = 0; i < LIMBS; i++) {
    code.push(...row.set(v128.loadTwice(a, LIMB_STRIDE * i)));
    const forOdd = i % 2 === 1 ? oddRow : row;
    if (i % 2 === 1) code.push(...oddRow.set(i32x4.add(row.get, row.get)));
    for (let j = 0; j < LIMBS; j++) {
      const factor = (i + j < LIMBS ? plain : folded)[j >> 1]!;
      code.push(...sums.add(i + j, timesLimb(j % 2 === 1 ? forOdd : row, factor, j)));
    }
  }
  return [...code, ...carry(frame, sums.limbs), ...pack(out, sums.limbs)];
}

/** As a product, each pair of limbs once and doubled. */
function square(frame: Frame, out: Code, a: Code, doublesSecond: boolean): Code {
  const sums = new Sums(frame);
  const [plain, folded] = [vectors(frame, VECTORS), vectors(frame, VECTORS)];
  const [once, twice, fourTimes] = [0, 1, 2].map(() => frame.local("v128"));
  const code = [...loadFolded(a, plain, folded)];
  for (let i = 0; i < LIMBS; i++) {
    code.push(
      ...once!.set(v128.loadTwice(a, LIMB_STRIDE * i)),
      ...twice!.set(i32x4.add(once!.get, once!.get)),
      ...(i % 2 === 1 ? fourTimes!.set(i32x4.add(twice!.get, twice!.get)) : []),
    );
    for (let j = i; j < LIMBS; j++) {
      const bothOdd = i % 2 === 1 && j % 2 === 1;
      const [same, different] = bothOdd ? [twice, fourTimes] : [once, twice];
      const factor = (i + j < LIMBS ? plain : folded)[j >> 1]!;
      code.push(...sums.add(i + j, timesLimb(j === i ? same! : different!, factor, j)));
    }
  }
  if (doublesSecond) {
    for (const sum of sums.limbs) {
      const second = v128.and(sum.get, i64x2.const(0n, -1n));
      code.push(...sum.set(i64x2.add(sum.get, second)));
    }
  }
  return [...code, ...carry(frame, sums.limbs), ...pack(out, sums.limbs)];
}

function loadFolded(from: Code, plain: readonly Variable[], folded: readonly Variable[]): Code {
  const nineteen = i32x4.const(FOLD, FOLD, FOLD, FOLD);
  return plain.flatMap((vector, i) => [
    ...vector.set(v128.load(from, VECTOR_BYTES * i)),
    ...folded[i]!.set(i32x4.mul(vector.get, nineteen)),
  ]);
}

/** Even limbs lie in the low half of their vector, odd ones in the high half. */
const timesLimb = (row: Variable, factor: Variable, limb: number): Code =>
  limb % 2 === 0
    ? i64x2.productOfLow(row.get, factor.get)
    : i64x2.productOfHigh(row.get, factor.get);

/** x64 shifts 64-bit lanes with zeros only: with this added, no sum is negative. */
const SIGN_BIAS = 1n << 63n;

/**
 * What the bias adds to carries and takes from sums is not taken away again: it is a multiple of 2^32, of which `pack`
 * sees nothing, and the next carry's rounding counts it in.
 */
function carry(frame: Frame, sums: readonly Variable[]): Code {
  const carried = frame.local("v128");
  const excess = new Array<bigint>(LIMBS).fill(0n);
  return CARRIES.flatMap(limb => {
    const next = (limb + 1) % LIMBS;
    const [from, to] = [sums[limb]!, sums[next]!];
    const bits = bitsOf(limb);
    const rounding = SIGN_BIAS + (1n << BigInt(bits - 1)) - excess[limb]!;
    const isFolded = next === 0;
    excess[limb]! -= SIGN_BIAS;
    excess[next]! += (SIGN_BIAS >> BigInt(bits)) * (isFolded ? BigInt(FOLD) : 1n);
    return [
      ...carried.set(
        i64x2.shr(i64x2.add(from.get, i64x2.const(rounding, rounding)), i32.const(bits)),
      ),
      ...from.set(i64x2.sub(from.get, i64x2.shl(carried.get, i32.const(bits)))),
      ...to.set(i64x2.add(to.get, isFolded ? timesFold(carried) : carried.get)),
    ];
  });
}

/** 19 = 16 + 2 + 1: few machines multiply 64-bit lanes. */
const timesFold = ({get}: Variable): Code =>
  i64x2.add(i64x2.add(i64x2.shl(get, i32.const(4)), i64x2.shl(get, i32.const(1))), get);

/** Limbs fit into 32 bits after the carries: the even lanes of two sums are a vector. */
function pack(out: Code, sums: readonly Variable[]): Code {
  return Array.from({length: VECTORS}, (_, i) => {
    const packed = i32x4.shuffle(sums[2 * i]!.get, sums[2 * i + 1]!.get, [0, 2, 4, 6]);
    return v128.store(out, packed, VECTOR_BYTES * i);
  }).flat();
}

function linear(frame: Frame, out: Place, terms: readonly Term[]): Code {
  const sum = frame.local("v128");
  const sources = [frame.local("v128"), frame.local("v128")] as const;
  return Array.from({length: VECTORS}, (_, i) => [
    ...terms.flatMap((term, at) => addTerm(sum, sources, term, VECTOR_BYTES * i, at === 0)),
    ...v128.store(out.base, sum.get, out.offset + VECTOR_BYTES * i),
  ]).flat();
}

function addTerm(
  sum: Variable,
  sources: readonly [Variable, Variable],
  [first, second]: Term,
  offset: number,
  isFirst: boolean,
): Code {
  const load = ({place}: Source) => v128.load(place.base, place.offset + offset);
  const known = (first ?? second)!;
  const [one, other] = sources;
  const samePlace = first === undefined || second === undefined || first.place === second.place;
  const laneOfFirst = (first ?? known).lane;
  const laneOfSecond = (second ?? known).lane;
  const apart = samePlace ? 0 : 4;
  const value = i32x4.shuffle(one.get, samePlace ? one.get : other.get, [
    laneOfFirst,
    laneOfSecond + apart,
    laneOfFirst + 2,
    laneOfSecond + 2 + apart,
  ]);
  const signs = [first?.sign, second?.sign] as const;
  const loads = [...one.set(load(known)), ...(samePlace ? [] : other.set(load(second!)))];
  if (!isFirst && signs[0] === -1 && signs[1] === -1) {
    return [...loads, ...sum.set(i32x4.sub(sum.get, value))];
  }
  const signed = withSigns(value, signs);
  return [...loads, ...sum.set(isFirst ? signed : i32x4.add(sum.get, signed))];
}

/** Lanes that are negated (all bits flipped, and one more), or left out. */
function withSigns(value: Code, [first, second]: readonly (1 | -1 | undefined)[]): Code {
  const lanes = (a: number, b: number): Code => i32x4.const(a, b, a, b);
  const kept =
    first === undefined || second === undefined
      ? v128.and(value, lanes(first === undefined ? 0 : -1, second === undefined ? 0 : -1))
      : value;
  if (first !== -1 && second !== -1) return kept;
  const flips = lanes(first === -1 ? -1 : 0, second === -1 ? -1 : 0);
  return i32x4.sub(v128.xor(kept, flips), flips);
}
