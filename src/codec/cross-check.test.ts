import assert from "node:assert/strict";
import {test} from "node:test";
import {TypeRegistry} from "@polkadot/types";
import fc from "fast-check";
import {bytesToHex} from "#base";
import {
  bool,
  type Codec,
  compactU128,
  encode,
  option,
  str,
  tuple,
  u32,
  u64,
  u128,
  vec,
} from "./index.ts";

const registry = new TypeRegistry();

/** One codec of ours, another program's name for the type, and values that both can take. */
function same<T>(ours: Codec<T>, theirs: string, values: fc.Arbitrary<T>): void {
  test(`${theirs} is written as another program writes it`, () => {
    fc.assert(
      fc.property(values, value => {
        const expected = registry.createType(theirs, value).toHex();
        assert.equal(bytesToHex(encode(ours, value)), expected);
      }),
      {numRuns: 50},
    );
  });
}

const number = fc.integer({min: 0, max: 0xffff_ffff});
const long = fc.bigInt({min: 0n, max: (1n << 64n) - 1n});
const amount = fc.bigInt({min: 0n, max: (1n << 128n) - 1n});

test("plain numbers are written as another program writes them", () => {
  fc.assert(
    fc.property(number, amount, (small, large) => {
      const hexOf = (type: string, value: unknown) =>
        bytesToHex(registry.createType(type, value).toU8a());
      assert.equal(bytesToHex(encode(u32, small)), hexOf("u32", small));
      assert.equal(bytesToHex(encode(u128, large)), hexOf("u128", large));
    }),
  );
});
same(vec(u64), "Vec<u64>", fc.array(long));
same(vec(tuple(u32, bool)), "Vec<(u32, bool)>", fc.array(fc.tuple(number, fc.boolean())));
same(vec(option(u32)), "Vec<Option<u32>>", fc.array(fc.option(number, {nil: undefined})));
same(vec(compactU128), "Vec<Compact<u128>>", fc.array(amount));
// What looks like hexadecimal the other program takes for bytes, which is a way of its own to be told of text.
same(vec(str), "Vec<Text>", fc.array(fc.string().filter(text => !text.startsWith("0x"))));
