import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {type BlockToBuild, BuildingTime} from "./building-time.ts";

const SLOT = 1_000;
const onTime: BlockToBuild = {slot: SLOT, late: 0, isAlone: false};

/** The first millisecond of building after which no transaction is begun any more, at so many a millisecond. */
function end(time: BuildingTime, block: BlockToBuild = onTime, pace = 0): number {
  const plan = time.plan(block);
  for (let building = 0; building <= block.slot; building++) {
    if (!plan.hasTime(building, building * pace)) return building;
  }
  return Infinity;
}

test("while nothing is known two thirds of a slot are for transactions, and a third where a judge executes them again", () => {
  assert.equal(end(new BuildingTime({isJudged: false})), 667);
  assert.equal(end(new BuildingTime({isJudged: true})), 334);
});

test("what followed the last blocks leaves as much less for transactions as it took", () => {
  const time = new BuildingTime({isJudged: false});
  for (let i = 0; i < 2; i++) time.made({slot: SLOT, building: 300, finishing: 300});
  assert.equal(end(time), 500);
  const quick = new BuildingTime({isJudged: true});
  for (let i = 0; i < 2; i++) quick.made({slot: SLOT, building: 300, finishing: 330});
  assert.equal(end(quick), 477);
});

test("how long others' blocks take here is how long ours take there, unless nobody else authors", () => {
  const time = new BuildingTime({isJudged: false});
  for (let i = 0; i < 2; i++) time.imported(1_000, 500);
  // At two a millisecond half a millisecond each is as long as building.
  time.made({slot: SLOT, building: 300, finishing: 30});
  assert.equal(end(time, onTime, 2), 477);
  assert.equal(end(time, {...onTime, isAlone: true}, 2), 667);
});

test("two blocks of transactions that take long say nothing of others", () => {
  const time = new BuildingTime({isJudged: false});
  for (let i = 0; i < 5; i++) time.imported(1_000, 100);
  for (let i = 0; i < 2; i++) time.imported(50, 500);
  // Half as long again for what follows, and a fifth for the others: a tenth of a millisecond for each of two a millisecond.
  assert.equal(end(time, onTime, 2), 589);
});

test("one stall is no reason to make smaller blocks", () => {
  const time = new BuildingTime({isJudged: false});
  time.made({slot: SLOT, building: 1, finishing: 10});
  time.made({slot: SLOT, building: 1, finishing: 5_000});
  assert.equal(end(time), 667);
  assert.ok(!time.plan({...onTime, late: 800}).isTooLate);
});

test("a disk that is slow for long leaves an eighth of the slot, and is forgotten in the end", () => {
  const time = new BuildingTime({isJudged: false});
  for (let i = 0; i < 3; i++) time.made({slot: SLOT, building: 1, finishing: 5_000});
  assert.equal(end(time), 125);
  // Who waited half a slot for another block has a turn all the same.
  assert.ok(!time.plan({...onTime, late: 666}).isTooLate);
  assert.ok(time.plan({...onTime, late: 667}).isTooLate);
  for (let i = 0; i < 16; i++) time.made({slot: SLOT, building: 1, finishing: 5});
  assert.equal(end(time), 667);
});

test("a late beginning makes a shorter block, and only at the slot's very end none", () => {
  const time = new BuildingTime({isJudged: false});
  assert.equal(end(time, {...onTime, late: 400}), 400);
  assert.ok(!time.plan({...onTime, late: 833}).isTooLate);
  assert.ok(time.plan({...onTime, late: 834}).isTooLate);
});

test("whatever was learnt: a block in time may always hold something, and is never begun on after two thirds of what is left", () => {
  const span = fc.double({min: 0, max: 10_000, noNaN: true});
  const learnt = fc.array(fc.tuple(span, span, fc.nat({max: 5_000})), {maxLength: 40});
  fc.assert(
    fc.property(learnt, fc.boolean(), fc.nat({max: 900}), (blocks, isJudged, late) => {
      const time = new BuildingTime({isJudged});
      for (const [building, finishing, transactions] of blocks) {
        time.made({slot: SLOT, building, finishing});
        time.imported(transactions, finishing);
      }
      const plan = time.plan({...onTime, late});
      assert.ok(plan.hasTime(0, 0));
      assert.ok(!plan.hasTime(((SLOT - late) * 2) / 3, 0));
      // Once over it stays over.
      const answers = Array.from({length: 100}, (_, i) => plan.hasTime(i * 10, i * 20));
      assert.ok(!answers.slice(answers.indexOf(false)).includes(true));
    }),
  );
});
