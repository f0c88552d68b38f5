import {
  type Code,
  choose,
  type Func,
  i32,
  i64,
  type ModuleWriter,
  type Variable,
  when,
  whileTrue,
} from "#wasm";

/** RFC 7693 §2.6: initial values. */
const IV = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];
/** RFC 7693 §2.7: in which order rounds take the words of a message. Two more begin again. */
const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const ROUNDS = 12;
/** Which words of the state each of a round's eight steps mixes: columns, then diagonals. */
const STEPS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;
const BLOCK = 128;
/** Of a digest without a key, before its length: fanout and depth are one. */
const PARAMETERS = 0x0101_0000n;

/** One word of a message of which so many bytes are left from its address on; zeros after them. */
function writePartialWord(writer: ModuleWriter): Func {
  return writer.define(["i32", "i32"], "i64", ({params: [at, left], local}) => {
    const value = local("i64");
    const last = i32.load8(i32.add(at.get, left.get));
    return [
      ...when(i32.ge(left.get, i32.const(8)), [...i64.load(at.get), 0x0f]),
      ...whileTrue(left.get, [
        ...left.set(i32.sub(left.get, i32.const(1))),
        ...value.set(i64.or(i64.shl(value.get, i64.const(8n)), i64.extend(last))),
      ]),
      ...value.get,
    ];
  });
}

/**
 * BLAKE2b of bytes at an address, of a length, without a key, written to an address: as many bytes as the last argument
 * says, a multiple of eight. The bytes must lie in memory.
 */
export function writeBlake2b(writer: ModuleWriter): Func {
  const partial = writePartialWord(writer);
  const params = ["i32", "i32", "i32", "i32"] as const;
  return writer.define(params, undefined, ({params: [at, length, out, size], local}) => {
    const words = (count: number) => Array.from({length: count}, () => local("i64"));
    const [h, v, m] = [words(8), words(16), words(16)];
    const [left, taken, isLast, isDone] = [local("i32"), local("i64"), local("i32"), local("i32")];
    const mixing = (round: number): Code =>
      STEPS.flatMap(([a, b, c, d], i) => {
        const order = SIGMA[round % SIGMA.length]!;
        return mix(v[a]!, v[b]!, v[c]!, v[d]!, m[order[2 * i]!]!, m[order[2 * i + 1]!]!);
      });
    const rest = (before: number) =>
      choose(
        i32.gt(left.get, i32.const(before)),
        i32.sub(left.get, i32.const(before)),
        i32.const(0),
      );
    return [
      ...h.flatMap((word, i) => word.set(i64.const(IV[i]!))),
      ...h[0]!.set(i64.xor(h[0]!.get, i64.xor(i64.const(PARAMETERS), i64.extend(size.get)))),
      ...left.set(length.get),
      ...whileTrue(i32.not(isDone.get), [
        ...isLast.set(i32.le(left.get, i32.const(BLOCK))),
        ...when(
          isLast.get,
          m.flatMap((word, i) =>
            word.set(partial.call(i32.add(at.get, i32.const(8 * i)), rest(8 * i))),
          ),
          m.flatMap((word, i) => word.set(i64.load(at.get, 8 * i))),
        ),
        ...taken.set(
          i64.add(taken.get, i64.extend(choose(isLast.get, left.get, i32.const(BLOCK)))),
        ),
        ...v.flatMap((word, i) => word.set(i < 8 ? h[i]!.get : i64.const(IV[i - 8]!))),
        ...v[12]!.set(i64.xor(v[12]!.get, taken.get)),
        ...when(isLast.get, v[14]!.set(i64.xor(v[14]!.get, i64.const(-1n)))),
        ...Array.from({length: ROUNDS}, (_, round) => mixing(round)).flat(),
        ...h.flatMap((word, i) => word.set(i64.xor(word.get, i64.xor(v[i]!.get, v[i + 8]!.get)))),
        ...at.set(i32.add(at.get, i32.const(BLOCK))),
        ...left.set(i32.sub(left.get, i32.const(BLOCK))),
        ...isDone.set(isLast.get),
      ]),
      ...h.flatMap((word, i) =>
        when(i32.gt(size.get, i32.const(8 * i)), i64.store(out.get, word.get, 8 * i)),
      ),
    ];
  });
}

/** RFC 7693 §3.1. */
function mix(a: Variable, b: Variable, c: Variable, d: Variable, x: Variable, y: Variable): Code {
  const turn = (variable: Variable, by: Variable, bits: number) =>
    variable.set(i64.rotr(i64.xor(variable.get, by.get), i64.const(BigInt(bits))));
  const sum = (input: Variable) => a.set(i64.add(i64.add(a.get, b.get), input.get));
  const add = () => c.set(i64.add(c.get, d.get));
  return [
    ...sum(x),
    ...turn(d, a, 32),
    ...add(),
    ...turn(b, c, 24),
    ...sum(y),
    ...turn(d, a, 16),
    ...add(),
    ...turn(b, c, 63),
  ];
}
