import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {millis} from "#base";
import {LagHistory, slotBuckets, stepOf} from "./index.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
/** Steps that the finest ring has in an hour, and a tenth more before it is shortened. */
const MOST_POINTS = 720;

test("the last hour is told in steps of five seconds: the most in each, and how it ended", () => {
  const lags = new LagHistory();
  assert.equal(lags.since, undefined);
  for (const [at, lag, peers] of [
    [100_000, 3, 4],
    [101_000, 9, 2],
    [104_000, 1, 5],
    [105_000, 2, 5],
  ] as const)
    lags.note(at, lag, peers);
  assert.deepEqual(lags.after(0, 110_000), {
    step: 5_000,
    points: [
      {at: 100_000, most: 9, last: 1, peers: 2},
      {at: 105_000, most: 2, last: 2, peers: 5},
    ],
  });
  assert.equal(lags.since, 100_000);
  assert.deepEqual(lags.after(105_000, 110_000).points, [
    {at: 105_000, most: 2, last: 2, peers: 5},
  ]);
});

test("a longer range comes in longer steps, and a peak of long ago is not lost in them", () => {
  const lags = new LagHistory();
  const start = 10 * DAY;
  for (let at = start; at < start + 2 * DAY; at += 60 * SECOND) {
    lags.note(at, at === start + HOUR ? 500 : 2, 3);
  }
  const now = start + 2 * DAY;
  assert.equal(Math.max(...lags.after(now - HOUR, now).points.map(({most}) => most)), 2);
  const {step, points} = lags.after(now - 7 * DAY, now);
  assert.equal(step, 900 * SECOND);
  assert.equal(points.find(({most}) => most === 500)?.at, start + HOUR);
});

test("however much is noted, little is kept, in order, and each step once", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({min: -90_000, max: 120_000}), {maxLength: 300}), moves => {
      const lags = new LagHistory();
      let at = 50 * DAY;
      for (const by of moves) {
        at += by;
        lags.note(at, Math.abs(by) % 7, 1);
      }
      for (const range of [HOUR, DAY, 7 * DAY, 30 * DAY]) {
        const {points, step} = lags.after(at - range, at);
        assert.ok(points.length <= MOST_POINTS);
        for (const [i, point] of points.entries()) {
          assert.equal(point.at % step, 0);
          if (i > 0) assert.ok(point.at > points[i - 1]!.at);
        }
      }
    }),
  );
  const lags = new LagHistory();
  for (let i = 0; i < 3_000; i++) lags.note(i * 5 * SECOND, 1, 1);
  assert.equal(lags.after(0, HOUR).points.length, MOST_POINTS);
});

test("own slots are added up by steps: made, missed and why; before the first session there are none", () => {
  const at = (seconds: number) => millis(seconds * SECOND);
  const records = [
    {at: at(125), outcome: "produced"},
    {at: at(61), outcome: "no-peers"},
    {at: at(65), outcome: "no-peers"},
    {at: at(100), outcome: "final"},
    {at: at(119), outcome: "clock-off"},
    {at: at(10), outcome: "not-in-set-yet"},
  ] as const;
  assert.deepEqual(slotBuckets(records, 60 * SECOND), [
    {at: 60_000, made: 1, missed: 3, reasons: {"no-peers": 2, "clock-off": 1}},
    {at: 120_000, made: 1, missed: 0, reasons: {}},
  ]);
});

test("a chart has some hundred steps at most, as long as people count time", () => {
  assert.equal(stepOf(HOUR), 30 * SECOND);
  assert.equal(stepOf(DAY), 1_800 * SECOND);
  assert.equal(stepOf(7 * DAY), 2 * HOUR);
  assert.equal(stepOf(30 * DAY), 6 * HOUR);
});
