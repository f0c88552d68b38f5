import type {Func, ModuleWriter} from "#wasm";
import {type Code, i32, i64, leave, trapIf, when, whileTrue} from "#wasm";

/** Bytes of a big number: 256 bits, as a product of two amounts needs them. */
export const BIG = 32;
const LIMBS = BIG / 4;
/** Limbs of an amount: 128 bits. */
const AMOUNT_LIMBS = 4;

/**
 * Arithmetic on unsigned numbers of 256 bits, in place and given by their addresses; little-endian limbs of 32 bits.
 * Whoever uses it keeps within 256 bits.
 */
export interface BigNumbers {
  /** (number, address of 16 bytes): sets it to an amount */
  readonly setAmount: Func;
  /** (number, i64) */
  readonly setWord: Func;
  /** (number, summand) */
  readonly add: Func;
  /** (product, a, b): of the low 128 bits of each; the product is a number of its own */
  readonly multiply: Func;
  /** (number, i64 below 2^32) -> remainder */
  readonly divide: Func;
  /** (a, b) -> 1 if a < b */
  readonly less: Func;
  /** (number, subtrahend, which is not larger) */
  readonly subtract: Func;
  /** An i32 expression: 1 if it needs more than 128 bits. */
  exceedsAmount(number: Code): Code;
}

export function createBigNumbers(module: ModuleWriter): BigNumbers {
  const LOW_HALF = i64.const(32n);
  const limb = (number: Code, i: Code) => i32.add(number, i32.shl(i, i32.const(2)));

  const setWord = module.define(["i32", "i64"], undefined, ({params: [number, value]}) => [
    ...i64.store(number.get, value.get),
    ...[8, 16, 24].flatMap(offset => i64.store(number.get, i64.const(0n), offset)),
  ]);
  const setAmount = module.define(["i32", "i32"], undefined, ({params: [number, from]}) => [
    ...setWord.call(number.get, i64.load(from.get)),
    ...i64.store(number.get, i64.load(from.get, 8), 8),
  ]);

  const add = module.define(["i32", "i32"], undefined, ({params: [number, summand], local}) => {
    const i = local("i32");
    const carry = local("i64");
    const at = (start: Code) => limb(start, i.get);
    return whileTrue(i32.lt(i.get, i32.const(LIMBS)), [
      ...carry.set(
        i64.add(carry.get, i64.add(i64.load32(at(number.get)), i64.load32(at(summand.get)))),
      ),
      ...i64.store32(at(number.get), carry.get),
      ...carry.set(i64.shr(carry.get, LOW_HALF)),
      ...i.set(i32.add(i.get, i32.const(1))),
    ]);
  });

  /** A borrow shows as a sign: `shr` by 63 of the difference is 1. */
  const subtract = module.define(["i32", "i32"], undefined, ({params: [number, other], local}) => {
    const i = local("i32");
    const difference = local("i64");
    const borrow = local("i64");
    const at = (start: Code) => limb(start, i.get);
    return whileTrue(i32.lt(i.get, i32.const(LIMBS)), [
      ...difference.set(
        i64.sub(i64.sub(i64.load32(at(number.get)), i64.load32(at(other.get))), borrow.get),
      ),
      ...i64.store32(at(number.get), difference.get),
      ...borrow.set(i64.shr(difference.get, i64.const(63n))),
      ...i.set(i32.add(i.get, i32.const(1))),
    ]);
  });

  /** Schoolbook: a limb times a limb and two carries is below 2^64. */
  const multiply = module.define(
    ["i32", "i32", "i32"],
    undefined,
    ({params: [product, a, b], local}) => {
      const i = local("i32");
      const j = local("i32");
      const carry = local("i64");
      const target = limb(product.get, i32.add(i.get, j.get));
      const advance = (index: typeof i) => index.set(i32.add(index.get, i32.const(1)));
      const more = (index: typeof i) => i32.lt(index.get, i32.const(AMOUNT_LIMBS));
      return [
        ...setWord.call(product.get, i64.const(0n)),
        ...whileTrue(more(i), [
          ...carry.set(i64.const(0n)),
          ...j.set(i32.const(0)),
          ...whileTrue(more(j), [
            ...carry.set(
              i64.add(
                i64.add(carry.get, i64.load32(target)),
                i64.mul(i64.load32(limb(a.get, i.get)), i64.load32(limb(b.get, j.get))),
              ),
            ),
            ...i64.store32(target, carry.get),
            ...carry.set(i64.shr(carry.get, LOW_HALF)),
            ...advance(j),
          ]),
          ...i64.store32(target, carry.get),
          ...advance(i),
        ]),
      ];
    },
  );

  const divide = module.define(["i32", "i64"], "i64", ({params: [number, divisor], local}) => {
    const i = local("i32");
    const rest = local("i64");
    const at = limb(number.get, i.get);
    return [
      ...i.set(i32.const(LIMBS)),
      ...whileTrue(i.get, [
        ...i.set(i32.sub(i.get, i32.const(1))),
        ...rest.set(i64.or(i64.shl(rest.get, LOW_HALF), i64.load32(at))),
        ...i64.store32(at, i64.div(rest.get, divisor.get)),
        ...rest.set(i64.rem(rest.get, divisor.get)),
      ]),
      ...rest.get,
    ];
  });

  const less = module.define(["i32", "i32"], "i32", ({params: [a, b], local}) => {
    const i = local("i32");
    const of = (number: typeof a) => i32.load(limb(number.get, i.get));
    return [
      ...i.set(i32.const(LIMBS)),
      ...whileTrue(i.get, [
        ...i.set(i32.sub(i.get, i32.const(1))),
        ...when(i32.ne(of(a), of(b)), leave(i32.lt(of(a), of(b)))),
      ]),
      ...i32.const(0),
    ];
  });

  const exceedsAmount = (number: Code) =>
    i64.ne(i64.or(i64.load(number, 16), i64.load(number, 24)), i64.const(0n));
  return {setAmount, setWord, add, subtract, multiply, divide, less, exceedsAmount};
}

/** Ends the call where a number is no amount: the runtime has no bytes for it either. */
export const trapUnlessAmount = (numbers: BigNumbers, number: Code): Code =>
  trapIf(numbers.exceedsAmount(number));
