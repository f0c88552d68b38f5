import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToBinary} from "#base";
import type {StateRow} from "#state";
import {ChunkWriter, readChunk} from "./chunk.ts";

/** Few different bytes, so that keys often begin like others. */
const keys = fc
  .array(fc.constantFrom(0, 1, 255), {maxLength: 20})
  .map(bytes => bytesToBinary(Uint8Array.from(bytes)));
const rows = fc.array(
  fc.oneof(
    fc.record(
      {
        kind: fc.constantFrom("inline" as const, "hashed" as const, "child" as const),
        key: keys,
        value: fc.uint8Array({maxLength: 300}),
      },
      {noNullPrototype: true},
    ),
    fc.constant<StateRow>({kind: "end"}),
  ),
  {maxLength: 30},
);
const branch = fc.record(
  {
    end: fc.nat(1_000),
    children: fc.array(fc.tuple(fc.nat(15), fc.uint8Array({maxLength: 32})), {maxLength: 16}),
  },
  {noNullPrototype: true},
);
const edge = fc.array(branch, {maxLength: 5});
const edges = fc.record(
  {top: edge, child: fc.option(edge, {nil: undefined})},
  {noNullPrototype: true},
);

test("whatever the rows, and whatever comes after them, reads as it was written", () => {
  fc.assert(
    fc.property(rows, edges, fc.boolean(), (some, after, isInChild) => {
      const writer = new ChunkWriter(isInChild);
      for (const row of some) writer.add(row);
      const read = readChunk(writer.finish(after), isInChild);
      assert.deepEqual(read, {ok: true, value: {rows: some, edge: after}});
    }),
    {numRuns: 500},
  );
});

test("noise is refused or read, and hurts nobody", () => {
  fc.assert(
    fc.property(rows, edges, fc.nat(), fc.nat(255), fc.boolean(), (some, after, at, byte, cut) => {
      const writer = new ChunkWriter(false);
      for (const row of some) writer.add(row);
      const bytes = writer.finish(after);
      bytes[at % bytes.length] = byte;
      readChunk(cut ? bytes.subarray(0, at % bytes.length) : bytes, false);
    }),
    {numRuns: 2_000},
  );
});
