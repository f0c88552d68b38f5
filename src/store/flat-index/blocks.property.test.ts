import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {type BinaryString, utf8Bytes} from "#base";
import {checksum} from "../checksum.ts";
import {cutRows} from "./cut-rows.ts";
import {type Fence, Fences} from "./fences.ts";
import {ABSENT, IN_TRIE, type KeyedRow, type Row} from "./row.ts";
import {BLOCK_SIZE, BlockReader, DAMAGED, encodeBlock} from "./row-block.ts";
import {Run, withRun} from "./run.ts";

/** Keys that often begin alike, as those of a map do. */
const key = fc
  .tuple(
    fc.constantFrom("", "a", "map/", "map/of/many/"),
    fc.string({unit: fc.constantFrom("\x00", "\x01", "a", "b", "\xff"), maxLength: 5}),
  )
  .map(parts => parts.join(""));
const row: fc.Arbitrary<Row> = fc.oneof(
  {weight: 8, arbitrary: fc.uint8Array({maxLength: 90})},
  {weight: 1, arbitrary: fc.constant(IN_TRIE)},
);
const entries = fc
  .array(fc.tuple(key, row), {maxLength: 60})
  .map(all => [...new Map(all)].sort(([a], [b]) => (a < b ? -1 : 1)) as KeyedRow[]);

const over = (bytes: Uint8Array) => BlockReader.over(bytes)!;

test("checksums are XXH32's", () => {
  // Of the reference implementation (xxhsum -H0), the empty input and two lengths on both sides of a stripe.
  const of = (text: string, seed = 0) => checksum(utf8Bytes(text), 0, text.length, seed);
  assert.equal(of(""), 0x02cc5d05);
  assert.equal(of("abc"), 0x32d153ff);
  assert.equal(of("Nobody inspects the spammish repetition"), 0xe2293b2f);
});

test("whatever rows: a block gives back each, proves that others are absent, and is the same when decoded", () => {
  fc.assert(
    fc.property(entries, fc.array(key, {maxLength: 20}), (rows, asked) => {
      const bytes = encodeBlock({low: "", high: undefined, rows});
      const block = over(bytes);
      const known = new Map(rows);
      for (const one of [...asked, ...known.keys()]) {
        assert.deepEqual(block.find(one), known.get(one) ?? ABSENT);
      }
      assert.deepEqual(block.decode(), {low: "", high: undefined, rows});
      // What lies behind it in the memory that it was lent in makes no difference.
      const longer = new Uint8Array(bytes.length + 50).fill(7);
      longer.set(bytes);
      assert.deepEqual(over(longer).decode(), {low: "", high: undefined, rows});
    }),
    {numRuns: 300},
  );
});

test("a key out of a block's range is not called absent by it", () => {
  const block = over(encodeBlock({low: "b", high: "d", rows: [["c", Uint8Array.of(1)]]}));
  assert.deepEqual(
    ["a", "b", "c", "cc", "d", "e"].map(one => block.find(one)),
    [DAMAGED, ABSENT, Uint8Array.of(1), ABSENT, DAMAGED, DAMAGED],
  );
});

test("a damaged byte never makes another answer: each is the right one or none", () => {
  fc.assert(
    fc.property(
      entries,
      fc.array(key, {maxLength: 10}),
      fc.nat(),
      fc.integer({min: 1, max: 255}),
      fc.boolean(),
      (rows, asked, where, by, isCut) => {
        const bytes = encodeBlock({low: "", high: undefined, rows});
        if (isCut) bytes.fill(0, where % bytes.length);
        else bytes[where % bytes.length]! ^= by;
        const block = BlockReader.over(bytes);
        if (block === undefined) return;
        const known = new Map(rows);
        for (const one of [...asked, ...known.keys()]) {
          const found = block.find(one);
          if (found !== DAMAGED) assert.deepEqual(found, known.get(one) ?? ABSENT);
        }
        const decoded = block.decode();
        if (decoded !== undefined) assert.deepEqual(decoded.rows, rows);
        const changed: [BinaryString, Uint8Array][] = rows
          .filter(([, one]) => one !== IN_TRIE)
          .slice(0, 1)
          .map(([one, value]) => [one, new Uint8Array((value as Uint8Array).length).fill(9)]);
        const patched = block.patched(changed);
        if (patched === undefined) return;
        for (const [one, value] of new Map<BinaryString, Row>([...rows, ...changed])) {
          const found = over(patched).find(one);
          if (found !== DAMAGED) assert.deepEqual(found, value);
        }
      },
    ),
    {numRuns: 3_000},
  );
});

test("rows that keep their sizes are written over in place, others are not", () => {
  const rows: KeyedRow[] = [
    ["a", Uint8Array.of(1, 2)],
    ["b", IN_TRIE],
    ["c", Uint8Array.of(3)],
  ];
  const block = over(encodeBlock({low: "", high: undefined, rows}));
  const patched = block.patched([
    ["a", Uint8Array.of(5, 6)],
    ["c", Uint8Array.of(7)],
  ])!;
  assert.deepEqual(over(patched).decode()?.rows, [
    ["a", Uint8Array.of(5, 6)],
    ["b", IN_TRIE],
    ["c", Uint8Array.of(7)],
  ]);
  assert.equal(block.patched([["a", Uint8Array.of(5)]]), undefined);
  assert.equal(block.patched([["b", Uint8Array.of(5)]]), undefined);
  assert.equal(block.patched([["bb", Uint8Array.of(5)]]), undefined);
  assert.equal(block.patched([["a", ABSENT]]), undefined);
});

test("rows are cut into blocks that cover their range without a gap and fit a page where they can", () => {
  fc.assert(
    fc.property(fc.array(entries, {minLength: 1, maxLength: 8}), lists => {
      const all = new Map<BinaryString, Row>();
      lists.forEach((rows, i) => {
        for (const [one, value] of rows) all.set(`${i}${one}`, value);
      });
      const rows = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
      const blocks = cutRows({low: "", high: undefined}, rows);
      assert.deepEqual(
        blocks.flatMap(block => block.rows),
        rows,
      );
      assert.equal(blocks[0]!.low, "");
      assert.equal(blocks.at(-1)!.high, undefined);
      blocks.forEach((block, i) => {
        if (i > 0) assert.equal(blocks[i - 1]!.high, block.low);
        const reader = over(encodeBlock(block));
        for (const [one] of block.rows) assert.ok(reader.covers(one));
        assert.ok(encodeBlock(block).length <= BLOCK_SIZE);
      });
    }),
    {numRuns: 100},
  );
});

test("keys that differ only far behind are not cut apart", () => {
  const rows: KeyedRow[] = [0, 1, 2, 3, 4].map(i => [
    "k".repeat(2_000) + i,
    new Uint8Array(900).fill(i),
  ]);
  const [block, ...others] = cutRows({low: "", high: undefined}, rows);
  assert.equal(others.length, 0);
  assert.deepEqual(over(encodeBlock(block!)).decode()?.rows, rows);
});

test("fences find what a sorted list finds, however they are replaced", () => {
  const change = fc.record({
    low: key,
    high: fc.option(key, {nil: undefined}),
    put: fc.array(key, {maxLength: 300}),
  });
  fc.assert(
    fc.property(fc.array(change, {maxLength: 12}), fc.array(key), (changes, asked) => {
      const fences = new Fences();
      fences.push([{low: "", number: 0}]);
      let list: Fence[] = [{low: "", number: 0}];
      let number = 1;
      for (const {low, high, put} of changes) {
        if (high !== undefined && high <= low) continue;
        const within = (one: string) => one >= low && (high === undefined || one < high);
        const added = [...new Set(put)]
          .filter(within)
          .sort()
          .map(one => ({low: one, number: number++}));
        fences.replace(low, high, added);
        list = [...list.filter(fence => !within(fence.low)), ...added].sort((a, b) =>
          a.low < b.low ? -1 : 1,
        );
        assert.equal(fences.count, list.length);
        for (const one of [...asked, low]) {
          const at = list.findLast(fence => fence.low <= one);
          assert.deepEqual(fences.at(one), at);
          assert.equal(fences.numberAt(one), at?.number);
          assert.deepEqual(
            fences.after(one),
            list.find(fence => fence.low > one),
          );
        }
      }
      assert.deepEqual([...fences.all()], list);
    }),
    {numRuns: 100},
  );
});

test("thousands of fences, pushed and put in between, are found", () => {
  const fences = new Fences();
  const lows = Array.from({length: 4_000}, (_, i) => String(i * 2).padStart(6, "0"));
  const all = lows.map((low, number) => ({low, number}));
  // In portions of which some end within a page, at its end, and behind several.
  for (let from = 0, size = 1; from < all.length; from += size, size = (size * 3) % 1_000) {
    fences.push(all.slice(from, from + size));
  }
  for (let i = 0; i < 4_000; i += 1) {
    const low = String(i * 2 + 1).padStart(6, "0");
    fences.replace(low, String(i * 2 + 2).padStart(6, "0"), [{low, number: 10_000 + i}]);
  }
  assert.equal(fences.count, 8_000);
  for (let i = 0; i < 4_000; i++) {
    assert.equal(fences.numberAt(String(i * 2 + 1).padStart(6, "0")), 10_000 + i);
    assert.equal(fences.numberAt(`${String(i * 2).padStart(6, "0")}x`), i);
  }
});

test("runs of many blocks are few, and know what the blocks after each other did", () => {
  fc.assert(
    fc.property(fc.array(entries, {maxLength: 40}), blocks => {
      const known = new Map<BinaryString, unknown>();
      let runs: readonly Run[] = [];
      const former: [readonly Run[], Map<BinaryString, unknown>][] = [];
      for (const rows of blocks) {
        runs = withRun(Run.of(rows), runs);
        for (const [one, value] of rows) known.set(one, value);
        former.push([runs, new Map(known)]);
      }
      // Those of blocks before stay as they were.
      for (const [ofBlock, expected] of former) {
        for (const [one, value] of expected) {
          const run = ofBlock.find(each => each.rows.has(one));
          assert.equal(run?.rows.get(one), value);
        }
        for (const run of ofBlock) {
          assert.deepEqual(run.keys(), [...run.rows.keys()].sort());
        }
      }
      assert.ok(runs.length <= 8);
    }),
    {numRuns: 100},
  );
});
