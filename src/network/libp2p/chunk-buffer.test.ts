import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {concatBytes} from "#base";
import {ChunkBuffer} from "./chunk-buffer.ts";

test("a message that comes byte by byte takes about as much memory as it has bytes", () => {
  const buffer = new ChunkBuffer();
  for (let i = 0; i < 100_000; i++) buffer.push(Uint8Array.of(i & 255));
  assert.equal(buffer.length, 100_000);
  assert.ok(buffer.chunks < 100, String(buffer.chunks));
});

test("bytes come out as they went in, however they were cut", () => {
  const step = fc.record({push: fc.nat({max: 700}), shift: fc.nat({max: 900})});
  fc.assert(
    fc.property(fc.array(step, {maxLength: 40}), steps => {
      const buffer = new ChunkBuffer();
      let next = 0;
      let expected: Uint8Array = new Uint8Array(0);
      for (const {push, shift} of steps) {
        const bytes = Uint8Array.from({length: push}, () => next++ & 255);
        buffer.push(bytes);
        expected = concatBytes(expected, bytes);
        const count = Math.min(shift, expected.length);
        assert.equal(buffer.peek(count), expected[count]);
        assert.deepEqual(buffer.shift(count), expected.slice(0, count));
        expected = expected.slice(count);
        assert.equal(buffer.length, expected.length);
      }
    }),
  );
});
