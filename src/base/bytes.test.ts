import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {binaryByArguments, binaryToBytes, bytesToBinary} from "./bytes.ts";

/** The characters one by one. */
const plainly = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

test("bytes as text are a character each, of any number, also where they are a part of something larger", () => {
  const every = Uint8Array.from({length: 256}, (_, i) => i);
  assert.equal(bytesToBinary(every), plainly(every));
  const lengths = fc.oneof(fc.nat(200), fc.constantFrom(8_191, 8_192, 8_193, 20_000));
  fc.assert(
    fc.property(lengths, fc.nat(7), fc.nat(255), (length, offset, seed) => {
      const whole = Uint8Array.from({length: offset + length + 3}, (_, i) => (i * 31 + seed) % 256);
      const part = whole.subarray(offset, offset + length);
      const text = bytesToBinary(part);
      assert.equal(text, plainly(part));
      assert.equal(binaryByArguments(part), text, "as in browsers");
      assert.deepEqual(binaryToBytes(text), part.slice());
    }),
  );
});
