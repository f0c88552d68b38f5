import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {VoterSet} from "./index.ts";
import {key} from "./test-kit/crypto.ts";

const equal = (count: number) =>
  VoterSet.from(Array.from({length: count}, (_, i) => ({id: key(i), weight: 1})))!;

test("more than two thirds decide", () => {
  const thresholds = [1, 2, 3, 4, 5, 6, 7, 10, 1_000].map(count => equal(count).threshold);
  assert.deepEqual(thresholds, [1, 2, 3, 3, 4, 5, 5, 7, 667]);
});

test("voters stand in the order of their keys and take turns as primary", () => {
  const set = VoterSet.from([3, 1, 2].map(n => ({id: key(n), weight: n})))!;
  assert.deepEqual(
    set.voters.map(voter => voter.weight),
    [1, 2, 3],
  );
  assert.deepEqual(
    [1, 2, 3, 4].map(round => set.primaryOf(round).index),
    [1, 2, 0, 1],
  );
  assert.equal(set.find(key(2))?.index, 1);
  assert.equal(set.find(key(9)), undefined);
});

test("no weight makes no voter, no voters make no set, and a key named twice has both weights", () => {
  assert.equal(VoterSet.from([]), undefined);
  assert.equal(VoterSet.from([{id: key(1), weight: 0}]), undefined);
  assert.equal(VoterSet.from([1, 2].map(n => ({id: key(n), weight: 2 ** 53 - 1}))), undefined);
  const twice = VoterSet.from([1, 1, 2].map(n => ({id: key(n), weight: n})))!;
  assert.deepEqual([twice.voters.length, twice.voters[0]!.weight, twice.total], [2, 2, 4]);
});

test("any two deciding majorities share more than may lie", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 100_000}), total => {
      const set = VoterSet.from([{id: key(1), weight: total}])!;
      assert.ok(2 * set.threshold - set.total > set.faulty);
      assert.ok(set.threshold <= set.total - set.faulty, "the honest alone can decide");
    }),
  );
});
