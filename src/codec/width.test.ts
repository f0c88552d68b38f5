import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {
  type Codec,
  compactU32,
  compactU64,
  compactU128,
  decode,
  encode,
  u8,
  u16,
  u32,
  u64,
  u128,
} from "./index.ts";

const SMALL: readonly [Codec<number>, bits: number][] = [
  [u8, 8],
  [u16, 16],
  [u32, 32],
  [compactU32, 32],
];
const WIDE: readonly [Codec<bigint>, bits: bigint][] = [
  [u64, 64n],
  [u128, 128n],
  [compactU64, 64n],
  [compactU128, 128n],
];

test("a number beyond its type's width, or below zero, is never written as another one", () => {
  for (const [codec, bits] of SMALL) {
    const highest = 2 ** bits - 1;
    assert.deepEqual(decode(codec, encode(codec, highest)), {ok: true, value: highest});
    for (const wrong of [highest + 1, 2 ** 53, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => encode(codec, wrong), RangeError, `${codec.typeName} ${wrong}`);
    }
    const beyond = fc.integer({min: highest + 1, max: Number.MAX_SAFE_INTEGER});
    fc.assert(fc.property(beyond, value => assert.throws(() => encode(codec, value), RangeError)));
  }
  for (const [codec, bits] of WIDE) {
    const highest = (1n << bits) - 1n;
    assert.deepEqual(decode(codec, encode(codec, highest)), {ok: true, value: highest});
    const wrong = fc.oneof(
      fc.bigInt({min: highest + 1n, max: highest << 64n}),
      fc.bigInt({min: -highest, max: -1n}),
    );
    for (const value of [highest + 1n, -1n])
      assert.throws(() => encode(codec, value), RangeError, `${codec.typeName} ${value}`);
    fc.assert(fc.property(wrong, value => assert.throws(() => encode(codec, value), RangeError)));
  }
});

test("a number of the other kind is refused, not taken for zero", () => {
  assert.throws(() => encode(u128, 5 as never), RangeError);
  assert.throws(() => encode(u32, 5n as never), RangeError);
});

test("each byte of a wide number counts, wherever it lies in a longer array", () => {
  for (const [codec, bits] of [WIDE[0]!, WIDE[1]!]) {
    const width = Number(bits) / 8;
    for (let byte = 0; byte < width; byte++) {
      const bytes = new Uint8Array(40).fill(0xee);
      const input = bytes.subarray(byte, byte + width).fill(0);
      input[byte] = 0xa5;
      const expected = 0xa5n << BigInt(8 * byte);
      assert.deepEqual(decode(codec, input), {ok: true, value: expected}, `byte ${byte}`);
    }
  }
});
