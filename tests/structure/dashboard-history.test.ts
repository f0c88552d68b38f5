import assert from "node:assert/strict";
import {test} from "node:test";
import {
  drawnRange,
  lagLine,
  rewardBars,
  slotBars,
  stepFor,
} from "../../dashboard/src/charts/over-time.ts";
import {markText, TIME_STEPS} from "../../dashboard/src/charts/time-axis.ts";
import {ALERT_WORDS, byUrgency} from "../../dashboard/src/text/alert-words.ts";
import {notedLength} from "../../dashboard/src/text/noted-length.ts";
import {chainTimeText, machineTimeText, sinceText} from "../../dashboard/src/text/since-words.ts";
import {ALERT_CODES} from "../../src/desk/alerts/index.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 2, 10, 12);

test("a state says since when it lasts, and where it was there before anybody looked, that it is longer", () => {
  assert.equal(
    sinceText({at: NOW - 240_000, isAtLeast: false}, NOW),
    "Since 11:56:00 UTC, for 4 min.",
  );
  assert.equal(
    sinceText({at: NOW - 240_000, isAtLeast: true}, NOW),
    "Since before 11:56:00 UTC, when this node began to look: 4 min at least.",
  );
});

test("a chain's clock that is another than the machine's is told, one that is not is not", () => {
  assert.equal(chainTimeText({ahead: 400, rate: 1}), undefined);
  assert.equal(chainTimeText({ahead: HOUR, rate: 1}), "chain's clock +60 min");
  assert.equal(chainTimeText({ahead: -3 * DAY, rate: 1}), "chain's clock −3 days");
  assert.equal(chainTimeText({ahead: 5, rate: 120}), "chain's clock 120× as fast");
  assert.equal(machineTimeText(undefined, 1_000), undefined);
  assert.equal(machineTimeText(80, 1_000), undefined);
  assert.equal(machineTimeText(20_000, 1_500), "node's clock 20 s ahead");
  assert.equal(machineTimeText(-2_000, 1_500), "node's clock 2.0 s behind");
});

test("a chart spans what there is something of, and whole steps where things are added up", () => {
  const hour = {from: NOW - HOUR, to: NOW};
  assert.deepEqual(drawnRange(hour, null), [(NOW - HOUR) / 1_000, NOW / 1_000]);
  assert.deepEqual(drawnRange(hour, NOW - DAY), [(NOW - HOUR) / 1_000, NOW / 1_000]);
  assert.deepEqual(drawnRange(hour, NOW - 60_000), [(NOW - 60_000) / 1_000, NOW / 1_000]);
  const [from, to] = drawnRange({from: NOW - HOUR, to: NOW + 7_000}, NOW - 65_000, 30_000);
  assert.deepEqual([from, to], [NOW / 1_000 - 90, NOW / 1_000 + 30]);
  const [first, last] = drawnRange(hour, NOW);
  assert.ok(first < last, "never nothing at all");
});

test("a line of finality breaks where the node did not run", () => {
  const point = (at: number, most: number) => ({at, most, last: most, peers: 1});
  assert.deepEqual(
    lagLine({step: 5_000, points: [point(0, 1), point(5_000, 2), point(60_000, 9)]}),
    {times: [0, 5, 10, 60], lags: [1, 2, null, 9]},
  );
});

test("missed slots stand on those that were made, and rewards of a step are added up", () => {
  const bucket = {made: 3, missed: 2, reasons: {"no-peers": 2}};
  assert.deepEqual(slotBars({step: 10_000, buckets: [{at: 20_000, ...bucket}]}), {
    times: [25],
    made: [3],
    all: [5],
  });
  const rewards = [
    {at: 41_000, amount: null},
    {at: 12_000, amount: "7"},
    {at: 11_000, amount: "5"},
  ];
  assert.deepEqual(rewardBars(rewards, 10_000, Number), {times: [15, 45], sums: [12, null]});
});

test("marks of time are a clock, a shorter one, or a day, by how far they are apart", () => {
  const at = NOW / 1_000;
  assert.equal(markText(at, 5), "12:00:00");
  assert.equal(markText(at, 300), "12:00");
  assert.equal(markText(at - 12 * 3_600, 7_200), "10 Mar");
  assert.equal(markText(at, 86_400), "10 Mar");
  assert.deepEqual(
    [...TIME_STEPS],
    [...TIME_STEPS].sort((one, other) => one - other),
  );
});

test("each rule of the node has words, and those that fire come first", () => {
  assert.deepEqual(Object.keys(ALERT_WORDS).sort(), [...ALERT_CODES].sort());
  const rule = (code: (typeof ALERT_CODES)[number], state: "calm" | "seen" | "firing") => ({
    code,
    state,
    since: NOW as never,
    sentence: undefined,
  });
  assert.deepEqual(
    byUrgency([
      rule("no-peers", "calm"),
      rule("disk-low", "seen"),
      rule("clock-off", "firing"),
    ]).map(({code}) => code),
    ["clock-off", "disk-low", "no-peers"],
  );
});

test("a range is as long as there are notes of it, so that its steps are, and stays so for a while", () => {
  const noted = (lag: number | null, slots: number | null) =>
    notedLength({to: NOW, lag: {since: lag}, slots: {since: slots}});
  assert.equal(noted(null, null), undefined);
  assert.equal(noted(NOW - 1_000, null), 60_000);
  const length = noted(NOW - HOUR, NOW - 2 * HOUR)!;
  assert.ok(length >= 2 * HOUR && length < 2.5 * HOUR, String(length));
  assert.equal(noted(NOW - HOUR, NOW - 2 * HOUR - 1_000), length);
});

test("what is spread over long is added up by longer steps, so that its bars can be told apart", () => {
  assert.equal(stepFor(HOUR, 60_000), 60_000);
  assert.equal(stepFor(10 * HOUR, 60_000), 300_000);
  assert.equal(stepFor(0, 60_000), 60_000);
});
