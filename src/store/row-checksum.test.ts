import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {checksum} from "./row-checksum.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

test("it is MurmurHash3's, by the values that its implementations are compared by", () => {
  assert.equal(checksum(ascii("")), 0);
  assert.equal(checksum(ascii(""), 1), 0x514e28b7);
  assert.equal(checksum(ascii("hello")), 0x248bfa47);
  assert.equal(checksum(ascii("hello, world")), 0x149bbb7f);
  assert.equal(checksum(ascii("aaaa"), 0x9747b28c), 0x5a97808a);
});

test("one changed byte is always seen", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({minLength: 1, maxLength: 40}),
      fc.nat(),
      fc.integer({min: 1, max: 255}),
      (bytes, at, difference) => {
        const changed = bytes.slice();
        changed[at % bytes.length]! ^= difference;
        assert.notEqual(checksum(changed), checksum(bytes));
      },
    ),
  );
});
