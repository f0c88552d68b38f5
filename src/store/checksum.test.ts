import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {checksum} from "./checksum.ts";

const of = (bytes: Uint8Array, seed = 0) => checksum(bytes, 0, bytes.length, seed);
const ascii = (text: string) => of(new TextEncoder().encode(text));

test("it is XXH32, by the values that its implementations are compared by", () => {
  assert.equal(ascii(""), 0x02cc5d05);
  assert.equal(ascii("a"), 0x550d7456);
  assert.equal(ascii("abc"), 0x32d153ff);
  assert.equal(ascii("Nobody inspects the spammish repetition"), 0xe2293b2f);
});

test("one changed byte is always seen, wherever the bytes are and whatever comes before", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({minLength: 1, maxLength: 80}),
      fc.nat(),
      fc.integer({min: 1, max: 255}),
      fc.integer(),
      (bytes, at, difference, seed) => {
        const changed = bytes.slice();
        changed[at % bytes.length]! ^= difference;
        assert.notEqual(of(changed, seed), of(bytes, seed));
        const within = Uint8Array.of(1, 2, 3, ...bytes, 4);
        assert.equal(checksum(within, 3, 3 + bytes.length, seed), of(bytes, seed));
      },
    ),
  );
});
