import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {millis, slot} from "#base";
import {authorIndex, firstSlotAfter, nextOwnSlot, slotAt, slotStart} from "../index.ts";

const key = (n: number) => new Uint8Array(32).fill(n);

test("a slot holds the moments from its start to just before the next", () => {
  assert.equal(slotAt(millis(0), 500), 0);
  assert.equal(slotAt(millis(499), 500), 0);
  assert.equal(slotAt(millis(500), 500), 1);
  assert.equal(slotStart(slot(3), 500), 1_500);
});

test("authorities take turns by their place, and without any it is nobody's turn", () => {
  assert.deepEqual(
    [0, 1, 2, 3].map(n => authorIndex(slot(n), 3)),
    [0, 1, 2, 0],
  );
  assert.equal(authorIndex(slot(7), 0), undefined);
});

test("the next slot of ours is found within one round, the present one included", () => {
  const authorities = [key(1), key(2), key(3)];
  const ours =
    (...numbers: number[]) =>
    (authority: Uint8Array) =>
      numbers.includes(authority[0]!);
  assert.equal(nextOwnSlot(slot(4), authorities, ours(2))?.slot, 4);
  assert.equal(nextOwnSlot(slot(5), authorities, ours(2))?.slot, 7);
  assert.deepEqual(nextOwnSlot(slot(5), authorities, ours(1, 2)), {slot: 6, authority: key(1)});
  assert.equal(nextOwnSlot(slot(5), authorities, ours(9)), undefined);
  assert.equal(nextOwnSlot(slot(5), [], ours(1)), undefined);
});

test("no slot of ours is passed over", () => {
  const counts = fc.integer({min: 1, max: 20});
  fc.assert(
    fc.property(fc.nat({max: 1_000_000}), counts, fc.nat({max: 19}), (from, count, mine) => {
      const authorities = Array.from({length: count}, (_, i) => key(i));
      const found = nextOwnSlot(slot(from), authorities, ({0: n}) => n === mine % count);
      assert.ok(found !== undefined && found.slot >= from && found.slot < from + count);
      assert.equal(authorIndex(found.slot, count), mine % count);
    }),
  );
});

test("a slot of another length begins when the one before is over, wherever it began", () => {
  const after = (before: number, duration: number, length: number) =>
    firstSlotAfter({slot: slot(before), duration}, length);
  assert.equal(after(7, 6_000, 6_000), 8);
  assert.equal(after(7, 6_000, 3_000), 16);
  assert.equal(after(7, 1_000, 600), 14);
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({min: 1, max: 60_000}),
      fc.integer({min: 1, max: 60_000}),
      (before, own, length) => {
        const first = after(before, own, length);
        assert.ok(slotStart(first, length) >= slotStart(slot(before + 1), own));
        assert.ok(
          first === 0 || slotStart(slot(first - 1), length) < slotStart(slot(before + 1), own),
        );
      },
    ),
  );
});
