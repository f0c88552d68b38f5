import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, hex} from "#base";
import {
  type Codec,
  compactU32,
  compactU64,
  compactU128,
  decode,
  encode,
  MAX_U64,
  MAX_U128,
} from "./index.ts";

const failure = <T>(codec: Codec<T>, bytes: string) => {
  const result = decode(codec, hex(bytes));
  return result.ok ? "decoded" : result.error.code;
};

/** Each bound between two forms, on both sides. */
const KNOWN: readonly [bigint, string][] = [
  [0n, "0x00"],
  [1n, "0x04"],
  [63n, "0xfc"],
  [64n, "0x0101"],
  [16_383n, "0xfdff"],
  [16_384n, "0x02000100"],
  [(1n << 30n) - 1n, "0xfeffffff"],
  [1n << 30n, "0x0300000040"],
  [(1n << 32n) - 1n, "0x03ffffffff"],
  [1n << 32n, "0x070000000001"],
  [MAX_U64, "0x13ffffffffffffffff"],
  [MAX_U128, "0x33ffffffffffffffffffffffffffffffff"],
];

test("compact numbers have their shortest form on both sides of every bound", () => {
  for (const [value, bytes] of KNOWN) {
    assert.equal(bytesToHex(encode(compactU128, value)), bytes);
    assert.deepEqual(decode(compactU128, hex(bytes)), {ok: true, value});
    if (value > 0xffff_ffffn) continue;
    assert.equal(bytesToHex(encode(compactU32, Number(value))), bytes);
    assert.deepEqual(decode(compactU32, hex(bytes)), {ok: true, value: Number(value)});
  }
});

test("a compact number in a longer form than it needs is refused", () => {
  const long = [
    "0xfd00", // 63 in two bytes
    "0x02000000", // 0 in four
    "0xfeff0000", // 16,383 in four
    "0x03ffffff3f", // 2^30 - 1 in four counted
    "0x070000004000", // 2^30 in five counted
    "0x130000000000000000",
  ];
  for (const bytes of long) assert.equal(failure(compactU64, bytes), "invalid-value", bytes);
});

test("a compact number beyond its width is refused", () => {
  assert.equal(failure(compactU32, "0x070000000001"), "invalid-value");
  assert.equal(failure(compactU64, "0x17000000000000000001"), "invalid-value");
  assert.equal(failure(compactU128, `0x37${"00".repeat(16)}01`), "invalid-value");
  assert.equal(failure(compactU128, `0xff${"ff".repeat(67)}`), "invalid-value");
});

test("a compact number that ends early is refused", () => {
  for (const bytes of ["0x", "0x01", "0x020001", "0x03000000", "0x13ffffff"]) {
    assert.equal(failure(compactU64, bytes), "unexpected-end", bytes);
  }
});

test("every compact number survives being written and read", () => {
  fc.assert(
    fc.property(fc.bigInt({min: 0n, max: MAX_U128}), fc.integer({min: 0, max: 127}), (all, cut) => {
      const value = all >> BigInt(cut);
      const encoded = encode(compactU128, value);
      assert.deepEqual(decode(compactU128, encoded), {ok: true, value});
    }),
  );
});

test("no two byte strings are the same compact number", () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 18}), bytes => {
      const result = decode(compactU128, bytes);
      if (result.ok) assert.deepEqual(encode(compactU128, result.value), bytes);
    }),
  );
});
