import assert from "node:assert/strict";
import {test} from "node:test";
import {ImportsUnderWay} from "./imports-under-way.ts";
import {MAX_FORK_BYTES, MAX_IMPORTING_BYTES, MAX_ROW_BYTES} from "./limits.ts";
import type {SyncBlock} from "./messages.ts";
import {RangeQueue} from "./range-queue.ts";
import {GENESIS, type ToyBlock, toyBlock, toyRow} from "./test-kit/toy-chain.ts";
import {WantedForks} from "./wanted-forks.ts";

const row = toyRow(GENESIS, 2_048);
/** A block that says of itself that it is so large. */
const large = (block: ToyBlock, size: number): SyncBlock => ({
  ...block,
  body: [],
  justification: undefined,
  size,
});

test("a row whose blocks are large is not fetched further ahead than memory allows, and goes on once it may", () => {
  const queue = new RangeQueue(GENESIS);
  const first = queue.next(2_048)!;
  const size = MAX_ROW_BYTES / 256;
  for (let i = 0; i < 4; i++) {
    const {from, to} = queue.next(2_048)!;
    const blocks = row.slice(from - 1, to).map(block => large(block, size));
    queue.deliver({from, to}, "a", blocks);
  }
  assert.equal(queue.next(2_048), undefined);
  // What all of it waits for may still be asked of somebody else.
  queue.giveBack(first);
  assert.deepEqual(queue.next(2_048), first);
  queue.deliver(
    first,
    "b",
    row.slice(0, 64).map(block => large(block, size)),
  );
  assert.equal(queue.take().ready.length, 5);
  assert.equal(queue.next(2_048)?.from, 321);
});

test("of forks that are too large all together the largest is given up", () => {
  const forks = new WantedForks();
  const targets = [toyRow(row[9]!, 30, 1), toyRow(row[9]!, 30, 2)].map(branch => branch.at(-1)!);
  const sources = ["a"];
  for (const block of targets) forks.add({block, sources, isNeeded: false, floor: 0});
  const one = forks.askableOf("a")!;
  one.take([large(targets[0]!, MAX_FORK_BYTES + 1)], () => false);
  forks.grew();
  assert.notEqual(forks.askableOf("a"), one);
  assert.equal(forks.askableOf("a")?.target, targets[1]);
});

test("large blocks that wait for the importer fill it sooner than small ones", () => {
  const imports = new ImportsUnderWay();
  const {hash, number} = toyBlock(GENESIS);
  imports.add(hash, {peer: "a", number, size: MAX_IMPORTING_BYTES, announced: false, isOld: false});
  assert.equal(imports.isFull, true);
  imports.take(hash);
  assert.equal(imports.isFull, false);
});
