import assert from "node:assert/strict";
import {test} from "node:test";
import {BlockNumbers} from "./block-numbers.ts";

const taken = (numbers: BlockNumbers, count: number) =>
  Array.from({length: count}, () => numbers.take()).sort((a, b) => a - b);

test("a free number is given before a new one, also one that was free before a start", () => {
  const numbers = new BlockNumbers();
  assert.deepEqual(taken(numbers, 3), [0, 1, 2]);
  numbers.free(1);
  assert.deepEqual(taken(numbers, 2), [1, 3]);
  numbers.restore([4, 0], true);
  assert.deepEqual(taken(numbers, 4), [1, 2, 3, 5]);
});

test("where a number may be one that nobody knows of, only those above all are given", () => {
  const numbers = new BlockNumbers();
  numbers.restore([4, 0], false);
  assert.deepEqual(taken(numbers, 2), [5, 6]);
});
