import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {HostTrap} from "../host-trap.ts";
import {FreeingBumpAllocator, LARGEST_ALLOCATION} from "./freeing-bump-allocator.ts";

const BASE = 13;
const PAGES = 2;

const make = (size = PAGES * 65_536) => {
  const memory = new ArrayBuffer(size);
  return {memory, view: new DataView(memory), heap: new FreeingBumpAllocator(memory, BASE)};
};

test("addresses are those of upstream's allocator: powers of two behind a header, last freed first", () => {
  const {heap} = make();
  // 13 rounds up to 16; each address is eight bytes behind its header.
  assert.deepEqual(
    [0, 1, 8].map(size => heap.allocate(size)),
    [24, 40, 56],
  );
  assert.equal(heap.allocate(9), 72);
  assert.equal(heap.allocate(17), 96);
  assert.equal(heap.allocate(1), 136);
  heap.free(24);
  heap.free(56);
  assert.deepEqual(
    [8, 3, 1].map(size => heap.allocate(size)),
    [56, 24, 152],
  );
  heap.reset();
  assert.equal(heap.allocate(1), 24);
});

test("headers say the order and that a block is taken, or the next free one", () => {
  const {heap, view} = make();
  const [a, b] = [heap.allocate(33), heap.allocate(33)];
  assert.deepEqual([view.getUint32(a - 8, true), view.getUint32(a - 4, true)], [3, 1]);
  heap.free(a);
  assert.deepEqual([view.getUint32(a - 8, true), view.getUint32(a - 4, true)], [0xffff_ffff, 0]);
  heap.free(b);
  assert.equal(view.getUint32(b - 8, true), a - 8);
});

test("an allocation may have 32 MiB and no more, and the last byte of memory is used", () => {
  // As a number of its own: what is derived from the orders would go along with one too few of them.
  assert.equal(LARGEST_ALLOCATION, 33_554_432);
  const {heap} = make(16 + 8 + LARGEST_ALLOCATION);
  assert.throws(() => heap.allocate(LARGEST_ALLOCATION + 1), HostTrap);
  assert.equal(heap.allocate(LARGEST_ALLOCATION), 24);
  assert.throws(() => heap.allocate(0), /out of memory/);
});

test("what was not allocated cannot be freed, and a list that was written over is not followed", () => {
  const {heap, view} = make();
  const address = heap.allocate(8);
  for (const wrong of [0, 7, address + 8, PAGES * 65_536, 0xffff_ffff]) {
    assert.throws(() => heap.free(wrong), HostTrap, String(wrong));
  }
  heap.free(address);
  assert.throws(() => heap.free(address), /not allocated/);
  view.setUint32(address - 4, 1, true);
  assert.throws(() => heap.allocate(8), /overwritten/);
});

/** Free lists as arrays, sizes by doubling: the same rules, written without a header or a logarithm. */
class Model {
  #next = 16;
  readonly #free = new Map<number, number[]>();
  readonly sizes = new Map<number, number>();

  allocate(size: number): number | undefined {
    let block = 8;
    while (block < size) block *= 2;
    const freed = this.#free.get(block)?.pop();
    if (freed === undefined && this.#next + 8 + block > PAGES * 65_536) return undefined;
    const address = freed ?? this.#next + 8;
    if (freed === undefined) this.#next += 8 + block;
    this.sizes.set(address, block);
    return address;
  }

  free(address: number): void {
    const block = this.sizes.get(address)!;
    this.#free.set(block, [...(this.#free.get(block) ?? []), address]);
    this.sizes.delete(address);
  }
}

test("whatever is taken and freed, it is what a model of lists gives", () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({allocate: fc.oneof(fc.nat(40), fc.nat(3_000))}),
      fc.record({free: fc.nat()}),
    ),
    {maxLength: 300, size: "max"},
  );
  fc.assert(
    fc.property(steps, sequence => {
      const {heap} = make();
      const model = new Model();
      for (const step of sequence) {
        if ("allocate" in step) {
          const expected = model.allocate(step.allocate);
          if (expected === undefined) {
            assert.throws(() => heap.allocate(step.allocate), /out of memory/);
            return;
          }
          assert.equal(heap.allocate(step.allocate), expected);
        } else if (model.sizes.size > 0) {
          const address = [...model.sizes.keys()][step.free % model.sizes.size]!;
          model.free(address);
          heap.free(address);
        }
      }
    }),
  );
});
