import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToBinary} from "#base";
import {RecentKeys} from "./recent-keys.ts";

/** Few different bytes and lengths, so that many share a place, and prefixes meet. */
const encodings = fc.oneof(
  fc.array(fc.constantFrom(0, 1, 16, 255), {maxLength: 34}).map(bytes => Uint8Array.from(bytes)),
  fc.constantFrom(0, 1, 16).map(byte => new Uint8Array(32).fill(byte)),
);

test("whatever was looked up before, a key is that of these bytes or none", () => {
  fc.assert(
    fc.property(fc.array(encodings, {minLength: 1, maxLength: 60}), looked => {
      const recent = new RecentKeys();
      for (const encoding of looked) {
        const found = recent.get(encoding);
        assert.ok(found === undefined || found === `of ${bytesToBinary(encoding)}`);
        recent.set(encoding, `of ${bytesToBinary(encoding)}`);
      }
    }),
  );
});

test("the one looked up last is there, up to an account's length, also if its array was changed since", () => {
  const recent = new RecentKeys();
  for (const length of [0, 1, 4, 31, 32]) {
    const encoding = new Uint8Array(length).fill(7);
    assert.equal(recent.get(encoding), undefined);
    recent.set(encoding, `${length}`);
    const same = encoding.slice();
    encoding.fill(8);
    assert.equal(recent.get(same), `${length}`);
    assert.equal(recent.get(encoding), length === 0 ? "0" : undefined);
  }
  recent.set(new Uint8Array(33), "too long");
  assert.equal(recent.get(new Uint8Array(33)), undefined);
});

test("encodings that differ in one byte are told apart, wherever that is", () => {
  for (const length of [1, 4, 20, 32]) {
    for (let differing = 0; differing < length; differing++) {
      const recent = new RecentKeys();
      const encoding = new Uint8Array(length).fill(3);
      recent.set(encoding, "one");
      // Of the first byte, other bits than those that a place goes by.
      for (const flipped of [0x10, 0x80, 0x01]) {
        const other = encoding.slice();
        other[differing]! ^= flipped;
        assert.equal(recent.get(other), undefined, `byte ${differing} of ${length}`);
      }
      assert.equal(recent.get(encoding), "one");
    }
  }
});
