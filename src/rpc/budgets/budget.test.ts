import assert from "node:assert/strict";
import {test} from "node:test";
import {Budget} from "./budget.ts";

test("what is over makes room at the expense of who holds most, small holders keep theirs", () => {
  const lost: string[] = [];
  const budget = new Budget({limit: 100, reserve: 20, small: 5});
  const open = (name: string) => budget.open(() => lost.push(name));
  const [small, middle, large] = [open("small"), open("middle"), open("large")];
  assert.ok(small.resize(5) && middle.resize(30) && large.resize(40));
  // More than there is, and nobody holds more.
  assert.equal(open("greedy").resize(50), false);
  assert.ok(open("another").resize(20));
  assert.deepEqual([lost, budget.used], [["large"], 55]);
  assert.equal(large.resize(1), false, "what was taken away is over");
});

test("nobody loses anything for what cannot be had all the same", () => {
  const budget = new Budget({limit: 100, reserve: 20, small: 5});
  assert.ok(budget.open().resize(70));
  const larger = budget.open(() => assert.fail("it would not be enough"));
  assert.ok(larger.resize(10));
  for (let i = 0; i < 4; i++) assert.ok(budget.open().resize(5));
  assert.equal(budget.open().resize(6), false);
  assert.equal(budget.used, 100);
});

test("nothing settled is taken away, and the reserve is there for who asks for little", () => {
  const budget = new Budget({limit: 100, reserve: 20, small: 5});
  const working = budget.open(() => assert.fail("it was settled"));
  assert.ok(working.resize(80));
  working.settle();
  assert.equal(budget.open().resize(6), false);
  for (let i = 0; i < 4; i++) assert.ok(budget.open().resize(5));
  assert.equal(budget.open().resize(1), false);
  working.release();
  working.release();
  assert.equal(budget.used, 20);
});
