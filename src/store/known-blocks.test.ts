import assert from "node:assert/strict";
import {test} from "node:test";
import {seededRandom} from "#base";
import {hash, u32} from "./chain-for-tests.ts";
import type {HistoryGap} from "./history-gap.ts";
import type {Write} from "./key-value-store.ts";
import {KnownBlocks} from "./known-blocks.ts";

/** Heights with one block each, now and then two. */
class Heights {
  readonly hashes: Uint8Array[][] = [];
  readonly rows = new Map<string, Uint8Array>();
  finalized = 0;
  gap: HistoryGap | undefined;
  reads = 0;

  constructor(count: number) {
    const random = seededRandom(1);
    for (let number = 0; number < count; number++) {
      const forks = random() < 0.1 ? [0, 1] : [0];
      this.hashes.push(forks.map(fork => hash(u32(number * 2 + fork))));
    }
  }

  open(): KnownBlocks {
    return new KnownBlocks({
      read: key => this.rows.get(key),
      hashesAt: number => {
        this.reads++;
        return this.hashes[number] ?? [];
      },
      ends: () => ({
        best: this.ref(this.hashes.length - 1),
        finalized: this.ref(this.finalized),
        gap: this.gap,
      }),
    });
  }

  ref(number: number) {
    return {hash: this.hashes[number]![0]!, number};
  }

  write(writes: readonly Write[]): void {
    for (const [key, value] of writes) {
      if (value === undefined) this.rows.delete(key);
      else this.rows.set(key, value);
    }
  }
}

function assertKnows(known: KnownBlocks, heights: Heights): void {
  for (const hashes of heights.hashes) for (const one of hashes) assert.equal(known.has(one), true);
  for (let i = 0; i < 1_000; i++) assert.equal(known.has(hash(u32(1_000_000 + i))), false);
}

test("all blocks are known, whether they were gathered or not, and no others", () => {
  const heights = new Heights(3_000);
  assertKnows(heights.open(), heights);
  const writer = heights.open();
  for (const now of [900, 1_100, 2_500]) {
    heights.write(writer.finalized(heights.finalized, now));
    heights.finalized = now;
  }
  assert.equal(heights.rows.size, 2);
  heights.reads = 0;
  const reopened = heights.open();
  assert.equal(reopened.has(heights.hashes[5]![0]!), true);
  assert.ok(heights.reads < 2_500, `${heights.reads} heights read one by one`);
  assertKnows(reopened, heights);
});

test("a block that comes is known at once, and later, to a thousand that was gathered as well", () => {
  const heights = new Heights(2_000);
  const known = heights.open();
  heights.write(known.finalized(0, 1_500));
  heights.finalized = 1_500;
  for (const number of [700, 1_999]) {
    const late = hash(u32(9_000_000 + number));
    assert.equal(known.has(late), false);
    heights.hashes[number]!.push(late);
    heights.write(known.added({hash: late, number}));
    assert.equal(known.has(late), true);
    assert.equal(heights.open().has(late), true);
  }
});

test("one whose first bytes are those of another is not taken for it", () => {
  const heights = new Heights(10);
  const known = heights.open();
  for (const at of [6, 20]) {
    const like = heights.hashes[3]![0]!.slice();
    like[at]! ^= 1;
    assert.equal(known.has(like), false);
  }
});

test("a thousand that the chain leapt over in part is not gathered", () => {
  const heights = new Heights(3_000);
  heights.gap = {above: 100, below: heights.ref(900)};
  const known = heights.open();
  assert.deepEqual(known.finalized(1_000, 2_000), []);
  assert.equal(known.finalized(2_000, 2_100).length, 1);
});
