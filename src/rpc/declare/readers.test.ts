import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, hexToBytes} from "#base";
import {toHex} from "../shapes/hex.ts";
import {bytes} from "./readers.ts";

test("long and short hex are read and written as the portable code does", () => {
  const sample = fc.uint8Array({maxLength: 3_000, size: "max"});
  fc.assert(
    fc.property(sample, value => {
      assert.equal(toHex(value), bytesToHex(value));
      assert.deepEqual(bytes.read(toHex(value)), value);
    }),
  );
});

test("one wrong character spoils hex of any length", () => {
  const wrong = fc.constantFrom("g", " ", "\u0130", "x", "\u{1f600}");
  fc.assert(
    fc.property(fc.nat(2_000), wrong, (at, character) => {
      const digits = "ab".repeat(1_000);
      const text = `0x${digits.slice(0, at)}${character}${digits.slice(at + character.length)}`;
      assert.equal(bytes.read(text), undefined);
      assert.equal(hexToBytes(text), undefined);
    }),
  );
  assert.equal(bytes.read(`0x${"a".repeat(2_001)}`), undefined);
});
