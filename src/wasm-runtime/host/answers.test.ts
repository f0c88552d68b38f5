import assert from "node:assert/strict";
import {test} from "node:test";
import {bytes, encode, option} from "#codec";
import {encodeValue} from "./answers.ts";

test("an optional value is SCALE, on both sides of where its length takes more bytes", () => {
  const codec = option(bytes);
  assert.deepEqual(encodeValue(undefined), encode(codec, undefined));
  for (const length of [0, 1, 63, 64, 65, 16_383, 16_384, 16_385, 70_000, 1 << 20]) {
    const value = new Uint8Array(length).fill(length);
    assert.deepEqual(encodeValue(value), encode(codec, value), String(length));
  }
});
