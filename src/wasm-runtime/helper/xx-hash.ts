import {
  type Code,
  type Func,
  i32,
  i64,
  type ModuleWriter,
  type Variable,
  when,
  whileTrue,
} from "#wasm";

/** The five primes of the xxHash specification. */
const PRIMES = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
].map(prime => i64.const(prime));
const [PRIME_1, PRIME_2, PRIME_3, PRIME_4, PRIME_5] = PRIMES as [Code, Code, Code, Code, Code];

const rotate = (value: Code, bits: number) => i64.rotl(value, i64.const(BigInt(bits)));
const round = (lane: Code, input: Code) =>
  i64.mul(rotate(i64.add(lane, i64.mul(input, PRIME_2)), 31), PRIME_1);
const ZERO = i64.const(0n);

const step = (variable: Variable, by: number): Code =>
  variable.set(i32.add(variable.get, i32.const(by)));

/** xxHash64 of bytes at an address, of a length, with a seed. They must lie in memory. */
export function writeXxHash64(writer: ModuleWriter): Func {
  return writer.define(["i32", "i32", "i64"], "i64", ({params: [at, length, seed], local}) => {
    const [left, hash] = [local("i32"), local("i64")];
    const lanes = [local("i64"), local("i64"), local("i64"), local("i64")] as const;
    const [a, b, c, d] = lanes;
    const has = (bytes: number) => i32.ge(left.get, i32.const(bytes));
    const pass = (bytes: number) => [...step(at, bytes), ...step(left, -bytes)];
    const merge = (lane: Code) =>
      hash.set(i64.add(i64.mul(i64.xor(hash.get, round(ZERO, lane)), PRIME_1), PRIME_4));
    const mix = (input: Code, bits: number, factor: Code, more?: Code) => {
      const mixed = i64.mul(rotate(i64.xor(hash.get, input), bits), factor);
      return hash.set(more === undefined ? mixed : i64.add(mixed, more));
    };
    const shifted = (bits: number) => i64.xor(hash.get, i64.shr(hash.get, i64.const(BigInt(bits))));
    return [
      ...left.set(length.get),
      ...when(
        has(32),
        [
          ...a.set(i64.add(i64.add(seed.get, PRIME_1), PRIME_2)),
          ...b.set(i64.add(seed.get, PRIME_2)),
          ...c.set(seed.get),
          ...d.set(i64.sub(seed.get, PRIME_1)),
          ...whileTrue(has(32), [
            ...lanes.flatMap((lane, i) => lane.set(round(lane.get, i64.load(at.get, i * 8)))),
            ...pass(32),
          ]),
          ...hash.set(
            i64.add(
              i64.add(rotate(a.get, 1), rotate(b.get, 7)),
              i64.add(rotate(c.get, 12), rotate(d.get, 18)),
            ),
          ),
          ...lanes.flatMap(lane => merge(lane.get)),
        ],
        hash.set(i64.add(seed.get, PRIME_5)),
      ),
      ...hash.set(i64.add(hash.get, i64.extend(length.get))),
      ...whileTrue(has(8), [
        ...mix(round(ZERO, i64.load(at.get)), 27, PRIME_1, PRIME_4),
        ...pass(8),
      ]),
      ...when(has(4), [
        ...mix(i64.mul(i64.load32(at.get), PRIME_1), 23, PRIME_2, PRIME_3),
        ...pass(4),
      ]),
      ...whileTrue(has(1), [
        ...mix(i64.mul(i64.extend(i32.load8(at.get)), PRIME_5), 11, PRIME_1),
        ...pass(1),
      ]),
      ...hash.set(i64.mul(shifted(33), PRIME_2)),
      ...hash.set(i64.mul(shifted(29), PRIME_3)),
      ...shifted(32),
    ];
  });
}
