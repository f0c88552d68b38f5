import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, hex} from "#base";
import {type BitOrder, type BitStore, bitSequence, decode, encode, packBits} from "./index.ts";

const bitsOf = (text: string) => [...text].map(char => char === "1");

test("bits are written as their number and the numbers that hold them", () => {
  const written = (text: string, store: BitStore, order: BitOrder) =>
    bytesToHex(encode(bitSequence(store, order), packBits(bitsOf(text), store, order)));
  assert.equal(written("", "u8", "Lsb0"), "0x00");
  assert.equal(written("101", "u8", "Lsb0"), "0x0c05");
  assert.equal(written("101", "u8", "Msb0"), "0x0ca0");
  assert.equal(written("110000001", "u8", "Lsb0"), "0x240301");
  assert.equal(written("110000001", "u16", "Lsb0"), "0x240301");
  assert.equal(written("110000001", "u16", "Msb0"), "0x2480c0");
  assert.equal(written("1", "u32", "Msb0"), "0x0400000080");
  assert.equal(
    written("1".repeat(65), "u64", "Lsb0"),
    `0x0501${"ff".repeat(8)}01${"00".repeat(7)}`,
  );
});

test("every sequence reads as it was written, and an input that ends early is none", () => {
  const layouts = fc.tuple(
    fc.constantFrom<BitStore>("u8", "u16", "u32", "u64"),
    fc.constantFrom<BitOrder>("Lsb0", "Msb0"),
  );
  fc.assert(
    fc.property(fc.array(fc.boolean(), {maxLength: 200}), layouts, (bits, [store, order]) => {
      const codec = bitSequence(store, order);
      const value = packBits(bits, store, order);
      const encoded = encode(codec, value);
      assert.deepEqual(decode(codec, encoded), {ok: true, value});
      const cut = decode(codec, encoded.subarray(0, encoded.length - 1));
      assert.equal(cut.ok, false);
    }),
  );
});

test("more bits than upstream reads are refused, and none is written in too few bytes", () => {
  const codec = bitSequence("u8", "Lsb0");
  const failure = (bytes: string) => {
    const result = decode(codec, hex(bytes));
    return result.ok ? "" : result.error.code;
  };
  assert.equal(failure("0xfeffff7f"), "unexpected-end", "2^29 - 1 bits");
  assert.equal(failure("0x02000080"), "too-long", "2^29 bits");
  assert.throws(() => encode(codec, {length: 9, bytes: new Uint8Array(1)}), RangeError);
});
