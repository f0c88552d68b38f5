import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import type {BinaryString} from "#base";
import {HELD_SIZE, HeldRows, indexInHeld, putHeld, slabOver, valueInHeld} from "./held-block.ts";
import {HeldBlocks} from "./held-blocks.ts";
import {ABSENT, IN_TRIE, type KeyedRow, type Row} from "./row.ts";
import {BLOCK_SIZE, BlockReader, encodeBlock} from "./row-block.ts";

/** Keys that often begin alike, and some that end within the four bytes that are looked at first. */
const key = fc
  .tuple(
    fc.constantFrom("", "a", "map/", "map/of/many/"),
    fc.string({unit: fc.constantFrom("\x00", "\x01", "a", "b", "\xff"), maxLength: 7}),
  )
  .map(parts => parts.join(""));
const row: fc.Arbitrary<Row> = fc.oneof(
  {weight: 8, arbitrary: fc.uint8Array({maxLength: 60})},
  {weight: 1, arbitrary: fc.constant(IN_TRIE)},
);
const entries = fc
  .array(fc.tuple(key, row), {maxLength: 40})
  .map(all => [...new Map(all)].sort(([a], [b]) => (a < b ? -1 : 1)) as KeyedRow[]);

const WHOLE = {low: "", high: undefined};
const blockOf = (rows: readonly KeyedRow[]) => BlockReader.over(encodeBlock({...WHOLE, rows}))!;

test("whatever rows: what is held of them is what the block says, and what lies beside it stays", () => {
  fc.assert(
    fc.property(entries, fc.array(key, {maxLength: 20}), (rows, asked) => {
      const slab = slabOver(new ArrayBuffer(3 * HELD_SIZE));
      slab.bytes.fill(7);
      assert.ok(putHeld(slab, HELD_SIZE, blockOf(rows)));
      const known = new Map(rows);
      for (const one of [...asked, ...known.keys()]) {
        const index = indexInHeld(slab, HELD_SIZE, one);
        assert.equal(
          index,
          rows.findIndex(([each]) => each === one),
        );
        if (index < 0) continue;
        const [from, to] = valueInHeld(slab, HELD_SIZE, index);
        assert.deepEqual(to < 0 ? IN_TRIE : slab.bytes.slice(from, to), known.get(one));
      }
      const held = new HeldRows(slab, HELD_SIZE, {low: "a", high: "b"});
      slab.bytes.fill(9, HELD_SIZE, 2 * HELD_SIZE);
      const all = Array.from({length: held.count}, (_, i) => [held.key(i), held.row(i)]);
      assert.deepEqual(all, rows);
      assert.deepEqual([held.low, held.high], ["a", "b"]);
      for (const one of asked) {
        const from = rows.findIndex(([each]) => each >= one);
        const at = from < 0 ? rows.length : from;
        assert.equal(held.place(one), known.has(one) ? at : ~at);
      }
      for (const beside of [0, 2]) {
        const part = slab.bytes.subarray(beside * HELD_SIZE, (beside + 1) * HELD_SIZE);
        assert.ok(part.every(byte => byte === 7));
      }
    }),
    {numRuns: 300},
  );
});

test("every block that fits a page of the database is held; a longer one is not", () => {
  const rows: KeyedRow[] = [];
  const sized = () => encodeBlock({...WHOLE, rows}).length;
  // The shortest rows are those of which what is beside them takes most.
  for (let i = 0; sized() < BLOCK_SIZE - 16; i++) {
    rows.push([String.fromCharCode(i >> 8, i & 255), new Uint8Array(0)]);
  }
  const slab = slabOver(new ArrayBuffer(HELD_SIZE));
  assert.ok(putHeld(slab, 0, blockOf(rows)));
  const long: KeyedRow[] = ["a", "b", "c", "d", "e"].map(one => [one, new Uint8Array(1_000)]);
  assert.ok(!putHeld(slab, 0, blockOf(long)));
  assert.equal(indexInHeld(slab, 0, rows.at(-1)![0]), rows.length - 1);
});

const command = fc.oneof(
  fc.record({
    do: fc.constantFrom("update" as const, "admit" as const),
    number: fc.nat(9),
    rows: entries,
  }),
  fc.record({do: fc.constant("drop" as const), number: fc.nat(9)}),
  fc.record({do: fc.constant("find" as const), number: fc.nat(9), key}),
  {weight: 1, arbitrary: fc.record({do: fc.constant("clear" as const)})},
);

test("whatever is held, dropped and pushed out: a block answers as it was last, or is not held", () => {
  fc.assert(
    fc.property(fc.nat(4), fc.array(command, {maxLength: 60}), (room, commands) => {
      const held = new HeldBlocks(room * HELD_SIZE);
      const last = new Map<number, Map<BinaryString, Row>>();
      const check = (number: number, one: BinaryString) => {
        const rows = last.get(number);
        const found = held.find(number, one);
        assert.equal(found !== undefined, held.has(number));
        if (found !== undefined) assert.deepEqual(found, rows!.get(one) ?? ABSENT);
      };
      for (const each of commands) {
        if (each.do === "clear") {
          held.clear();
          last.clear();
        } else if (each.do === "drop") {
          held.drop(each.number);
          last.delete(each.number);
        } else if (each.do === "find") {
          check(each.number, each.key);
        } else if (each.do === "update" || !held.has(each.number)) {
          const hadRoom = held.hasRoom;
          const wasHeld = held.has(each.number);
          held[each.do](each.number, blockOf(each.rows));
          last.set(each.number, new Map(each.rows));
          const isHeld = each.do === "admit" ? room > 0 : hadRoom || wasHeld;
          assert.equal(held.has(each.number), isHeld);
        }
        for (const [number, rows] of last) for (const one of rows.keys()) check(number, one);
        const count = Array.from({length: 10}, (_, n) => held.has(n)).filter(Boolean).length;
        assert.ok(count <= room && count < room === held.hasRoom);
      }
    }),
    {numRuns: 300},
  );
});

test("values that were handed out stay as they are, whatever becomes of their block", () => {
  const held = new HeldBlocks(HELD_SIZE);
  const value = Uint8Array.of(1, 2, 3);
  held.update(1, blockOf([["a", value]]));
  const before = held.find(1, "a");
  held.update(1, blockOf([["a", Uint8Array.of(7, 8, 9)]]));
  held.admit(2, blockOf([["b", Uint8Array.of(4, 5, 6)]]));
  assert.deepEqual(before, value);
  assert.equal(held.find(1, "a"), undefined);
});

test("who is asked for stays, where one of many that are read takes a place", () => {
  const held = new HeldBlocks(8 * HELD_SIZE);
  for (let n = 0; n < 8; n++) held.update(n, blockOf([["a", Uint8Array.of(n)]]));
  for (let n = 100; n < 130; n++) {
    held.find(3, "a");
    if (held.admits()) held.admit(n, blockOf([["a", Uint8Array.of(n)]]));
  }
  assert.deepEqual(held.find(3, "a"), Uint8Array.of(3));
  assert.ok([0, 1, 2, 4, 5, 6, 7].some(n => !held.has(n)));
});
