import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {concatBytes, hex} from "#base";
import {
  bytes,
  type Codec,
  decode,
  encode,
  lazy,
  option,
  str,
  struct,
  tuple,
  u8,
  u16,
  u32,
  u64,
  u128,
  unit,
  variant,
  vec,
  writeCompact,
} from "./index.ts";
import {Sink} from "./sink.ts";

/** The compact form of the longest length there is, and nothing after it. */
const HUGE = hex("0x03ffffffff");

const codeOf = <T>(codec: Codec<T>, input: Uint8Array) => {
  const result = decode(codec, input);
  return result.ok ? "decoded" : result.error.code;
};

test("a length of four billion with nothing after it takes no memory", () => {
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  for (let i = 0; i < 1_000; i++) {
    assert.equal(codeOf(vec(u64), HUGE), "unexpected-end");
    assert.equal(codeOf(bytes, HUGE), "unexpected-end");
    assert.equal(codeOf(str, HUGE), "unexpected-end");
    assert.equal(codeOf(vec(vec(vec(u8))), concatBytes(HUGE, HUGE, HUGE)), "unexpected-end");
  }
  const after = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  assert.ok(after - before < 64 * 1_024 * 1_024);
});

test("a long list of nothings is cut off", () => {
  assert.equal(codeOf(vec(unit), HUGE), "too-long");
  const few = new Sink();
  writeCompact(65_536, few);
  assert.equal(codeOf(vec(unit), few.finish()), "decoded");
});

type Nested =
  | {readonly type: "Leaf"; readonly value?: undefined}
  | {readonly type: "Inner"; readonly value: Nested};
const nested: Codec<Nested> = lazy("Nested", () =>
  variant({Leaf: [0, unit], Inner: [1, nested]}),
) as Codec<Nested>;

test("a type within itself is read 256 deep and no deeper", () => {
  const deep = (levels: number) => new Uint8Array(levels).fill(1, 0, levels - 1);
  assert.equal(codeOf(nested, deep(256)), "decoded");
  assert.equal(codeOf(nested, deep(257)), "too-deep");
  assert.equal(codeOf(nested, new Uint8Array(10_000_000).fill(1)), "too-deep");
});

test("depth is counted downwards, not along a list", () => {
  const wide = Uint8Array.from([0x02, 0x00, 0x01, 0x00, ...new Uint8Array(16_384)]);
  assert.equal(codeOf(vec(nested), wide), "decoded");
});

const everything = struct({
  small: u8,
  medium: u16,
  number: u32,
  large: u64,
  amount: u128,
  text: str,
  list: vec(tuple(u8, option(u16))),
  choice: variant({None: [0, unit], Some: [3, struct({inner: bytes})]}),
});

/** Objects as a decoder makes them. */
const record = <T extends object>(fields: {[K in keyof T]: fc.Arbitrary<T[K]>}) =>
  fc.record(fields, {noNullPrototype: true});

const values = record({
  small: fc.integer({min: 0, max: 0xff}),
  medium: fc.integer({min: 0, max: 0xffff}),
  number: fc.integer({min: 0, max: 0xffff_ffff}),
  large: fc.bigInt({min: 0n, max: (1n << 64n) - 1n}),
  amount: fc.bigInt({min: 0n, max: (1n << 128n) - 1n}),
  text: fc.string({unit: "grapheme"}),
  list: fc.array(
    fc.tuple(
      fc.integer({min: 0, max: 0xff}),
      fc.option(fc.integer({min: 0, max: 0xffff}), {nil: undefined}),
    ),
  ),
  choice: fc.oneof(
    fc.constant({type: "None" as const, value: undefined}),
    record({
      type: fc.constant("Some" as const),
      value: record({inner: fc.uint8Array()}),
    }),
  ),
});

test("every value survives being written and read", () => {
  fc.assert(
    fc.property(values, value => {
      const back = decode(everything, encode(everything, value));
      assert.ok(back.ok);
      assert.deepEqual(back.value, value);
    }),
  );
});

test("a text that begins with a byte order mark keeps it", () => {
  const text = "\ufeffkhala";
  assert.deepEqual(decode(str, encode(str, text)), {ok: true, value: text});
});

test("every cut of a value is a failure with a code, never an exception", () => {
  fc.assert(
    fc.property(values, fc.nat(), (value, at) => {
      const encoded = encode(everything, value);
      const cut = encoded.subarray(0, at % encoded.length);
      assert.equal(codeOf(everything, cut), "unexpected-end");
    }),
  );
});

test("any bytes are a value or a failure, and what is a value is written back the same", () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 80}), input => {
      const result = decode(everything, input);
      if (result.ok) assert.deepEqual(encode(everything, result.value), input);
    }),
  );
});
